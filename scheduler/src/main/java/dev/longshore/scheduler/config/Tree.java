package dev.longshore.scheduler.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a configuration file as it stands there. */
sealed interface Tree {
    /** What a message calls it. */
    String kind();

    /** By name, in the order of the file. */
    record Fields(Map<String, Tree> byName) implements Tree {
        public Fields {
            byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    record Items(List<Tree> all) implements Tree {
        public Items {
            all = List.copyOf(all);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    record Text(String value) implements Tree {
        @Override
        public String kind() {
            return "text";
        }
    }

    /** @param digits as written */
    record Number(String digits) implements Tree {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record Truth(boolean value) implements Tree {
        @Override
        public String kind() {
            return "a truth value";
        }
    }

    /** Reads as absent. */
    record Nothing() implements Tree {
        @Override
        public String kind() {
            return "nothing";
        }
    }
}
