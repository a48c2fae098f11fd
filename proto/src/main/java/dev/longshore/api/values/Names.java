package dev.longshore.api.values;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules for names, label keys and label values (source: Kubernetes API, "Object Names and IDs" and "Labels and
 * Selectors"; lengths in characters). Every check returns what is wrong, in words for the user; nothing wrong is an
 * empty
 * list.
 */
public final class Names {
    public static final int MAX_LABEL_LENGTH = 63;
    public static final int MAX_SUBDOMAIN_LENGTH = 253;
    public static final int MAX_PORT_NAME_LENGTH = 15;

    private static final String LABEL_1123 = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_1123_LABEL = Pattern.compile(LABEL_1123);
    private static final Pattern DNS_1123_SUBDOMAIN = Pattern.compile(LABEL_1123 + "(\\." + LABEL_1123 + ")*");
    private static final Pattern DNS_1035_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern NAME_PART = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern CONFIG_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
    private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");

    private static final String ENDS = " and start and end with a letter or digit";

    private Names() {
    }

    /** As namespaces, pods' host names and container names need it: {@code web-1}. */
    public static List<String> dns1123Label(String name) {
        return isPlain(name, MAX_LABEL_LENGTH, false)
                ? List.of()
                : check(name, MAX_LABEL_LENGTH, DNS_1123_LABEL,
                        "must consist of lower-case letters, digits or '-'," + ENDS);
    }

    /** As most objects' names need it: {@code web.example.com}. */
    public static List<String> dns1123Subdomain(String name) {
        return isPlain(name, MAX_SUBDOMAIN_LENGTH, true)
                ? List.of()
                : check(name, MAX_SUBDOMAIN_LENGTH, DNS_1123_SUBDOMAIN,
                        "must consist of lower-case letters, digits, '-' or '.'," + ENDS
                                + " in each part between dots");
    }

    /** As services need it: like a DNS-1123 label, but starting with a letter. */
    public static List<String> dns1035Label(String name) {
        return check(name, MAX_LABEL_LENGTH, DNS_1035_LABEL,
                "must consist of lower-case letters, digits or '-', start with a letter and end with a letter or digit");
    }

    /** As RBAC objects need it: anything that can be one step of a path. */
    public static List<String> pathSegment(String name) {
        List<String> problems = new ArrayList<>();
        if (name.equals(".") || name.equals("..")) {
            problems.add("may not be '" + name + "'");
        }
        for (String character : List.of("/", "%")) {
            if (name.contains(character)) {
                problems.add("may not contain '" + character + "'");
            }
        }
        return List.copyOf(problems);
    }

    /** Keys of labels and annotations: a name, before it optionally a DNS name and a slash. */
    public static List<String> qualifiedName(String name) {
        List<String> problems = new ArrayList<>();
        int slash = name.indexOf('/');
        if (slash != name.lastIndexOf('/')) {
            return List.of("a qualified name has at most one '/', between a DNS name and the name");
        }
        if (slash >= 0) {
            String prefix = name.substring(0, slash);
            List<String> wrong = prefix.isEmpty() ? List.of("must not be empty") : dns1123Subdomain(prefix);
            wrong.forEach(problem -> problems.add("prefix part " + problem));
        }
        String part = name.substring(slash + 1);
        List<String> wrong = part.isEmpty()
                ? List.of("must not be empty")
                : isPlain(part, MAX_LABEL_LENGTH, true)
                        ? List.of()
                        : check(part, MAX_LABEL_LENGTH, NAME_PART,
                                "must consist of letters, digits, '-', '_' or '.'," + ENDS);
        wrong.forEach(problem -> problems.add("name part " + problem));
        return List.copyOf(problems);
    }

    public static List<String> labelKey(String key) {
        return qualifiedName(key);
    }

    /** May be empty. */
    public static List<String> labelValue(String value) {
        return isPlain(value, MAX_LABEL_LENGTH, true)
                ? List.of()
                : check(value, MAX_LABEL_LENGTH, LABEL_VALUE,
                        "a label value must be empty or consist of letters, digits, '-', '_' or '.'," + ENDS);
    }

    /** Keys of ConfigMaps and Secrets, which also are file names. */
    public static List<String> configMapKey(String key) {
        List<String> problems = new ArrayList<>(check(key, MAX_SUBDOMAIN_LENGTH, CONFIG_KEY,
                "must consist of letters, digits, '-', '_' or '.'"));
        if (key.equals(".") || key.startsWith("..")) {
            problems.add("may not be '.' or start with '..'");
        }
        return List.copyOf(problems);
    }

    /** Names of environment variables; wider than a shell's. */
    public static List<String> environmentName(String name) {
        List<String> problems = new ArrayList<>(check(name, Integer.MAX_VALUE, ENVIRONMENT_NAME,
                "must consist of letters, digits, '_', '-' or '.', and not start with a digit"));
        if (name.equals(".") || name.startsWith("..")) {
            problems.add("may not be '.' or start with '..'");
        }
        return List.copyOf(problems);
    }

    /** Names of ports (RFC 6335 service names). */
    public static List<String> portName(String name) {
        List<String> problems = new ArrayList<>();
        if (name.length() > MAX_PORT_NAME_LENGTH) {
            problems.add(tooLong(MAX_PORT_NAME_LENGTH));
        }
        if (!PORT_NAME.matcher(name).matches()) {
            problems.add("must consist of lower-case letters, digits or '-'");
        }
        if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            problems.add("must contain at least one letter");
        }
        if (name.contains("--")) {
            problems.add("must not contain '-' twice in a row");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            problems.add("must not start or end with '-'");
        }
        return List.copyOf(problems);
    }

    /**
     * The name to check in place of a {@code generateName}: its last '-' will be followed by letters and digits.
     */
    public static String ofPrefix(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 2) + "a" : prefix;
    }

    /**
     * Whether it is one of the names that nearly all are, which pass every rule that is asked for here: lower-case
     * letters and digits, between them single '-' and, if {@code dots}, single '.'. False says nothing.
     */
    private static boolean isPlain(String name, int maxLength, boolean dots) {
        boolean joined = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!word && !(joined && (c == '-' || dots && c == '.'))) {
                return false;
            }
            joined = word;
        }
        return joined && name.length() <= maxLength;
    }

    private static List<String> check(String text, int maxLength, Pattern shape, String rule) {
        List<String> problems = new ArrayList<>();
        if (text.length() > maxLength) {
            problems.add(tooLong(maxLength));
        } else if (!shape.matcher(text).matches()) {
            problems.add(rule);
        }
        return List.copyOf(problems);
    }

    private static String tooLong(int maxLength) {
        return "must be no more than " + maxLength + " characters";
    }
}
