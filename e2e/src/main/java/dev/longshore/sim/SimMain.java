package dev.longshore.sim;

import dev.longshore.common.time.SystemEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code longshore sim --seeds N [--from S]}: runs N seeds from S on; exit code 0 when all ended as they should. */
public final class SimMain {
    private static final String USAGE = "usage: longshore sim --seeds N [--from S]";
    /** What components log about the faults they meet would hide the result; the simulation's log tells it all. */
    private static final Logger COMPONENTS = Logger.getLogger("dev.longshore");

    private SimMain() {
    }

    private record Arguments(long seeds, long from) {
        static Arguments parse(List<String> words) {
            long seeds = 100;
            long from = 1;
            for (int i = 0; i < words.size(); i += 2) {
                long value = number(words, i + 1);
                switch (words.get(i)) {
                    case "--seeds" -> seeds = value;
                    case "--from" -> from = value;
                    default -> throw new IllegalArgumentException("unknown option " + words.get(i));
                }
            }
            if (seeds < 1) {
                throw new IllegalArgumentException("--seeds must be at least 1");
            }
            return new Arguments(seeds, from);
        }

        private static long number(List<String> words, int index) {
            String option = words.get(index - 1);
            if (index >= words.size()) {
                throw new IllegalArgumentException(option + " wants a number");
            }
            try {
                return Long.parseLong(words.get(index));
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException(option + " wants a number, not " + words.get(index));
            }
        }
    }

    public static void main(String[] words) throws InterruptedException {
        List<String> given = Arrays.asList(words);
        System.exit(run(!given.isEmpty() && given.getFirst().equals("sim") ? given.subList(1, given.size()) : given));
    }

    private static int run(List<String> words) throws InterruptedException {
        try (SystemEnvironment system = new SystemEnvironment()) {
            Arguments arguments = Arguments.parse(words);
            COMPONENTS.setLevel(Level.OFF);
            return new SimRunner(system.environment().clock(), System.out).run(arguments.seeds, arguments.from) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        }
    }
}
