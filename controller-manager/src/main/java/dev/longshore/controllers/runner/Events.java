package dev.longshore.controllers.runner;

import com.google.protobuf.Message;

/** Where a reconciler reports what it did, for people. Never blocks, never fails. */
@FunctionalInterface
public interface Events {
    /** @param reason one word in upper camel case */
    void record(Message regarding, Kind kind, String reason, String message);

    /** The two types of core/v1 Event. */
    enum Kind {
        NORMAL("Normal"), WARNING("Warning");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** For reconcilers run without an audience. */
    static Events none() {
        return (_, _, _, _) -> {
        };
    }
}
