package dev.longshore.apiserver.registry;

/**
 * A watch as it was asked for.
 *
 * @param resourceVersion "" or "0": first the present objects as ADDED; a number: changes after it
 * @param bookmarks       whether BOOKMARK events are wanted
 * @param initialEvents   sendInitialEvents: present objects first, then a bookmark that says they are complete
 */
public record WatchRequest(String namespace, String labelSelector, String fieldSelector, String resourceVersion,
        boolean bookmarks, boolean initialEvents) {}
