package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;

/** An object as the store holds it; its metadata carries {@code revision} as resourceVersion. */
record Stored<T extends Message>(T object, long revision) {}
