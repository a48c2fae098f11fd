package dev.longshore.apiserver.registry;

import dev.longshore.apiserver.auth.User;

/** What a reading request carries besides its object. */
public record ReadContext(User user) {}
