package dev.longshore.client;

import com.google.protobuf.Message;

/**
 * What a delete answered.
 *
 * @param object as it last was, with the resourceVersion of the change
 * @param gone   false while a grace period or finalizers keep the object
 */
public record Deletion<T extends Message>(T object, boolean gone) {}
