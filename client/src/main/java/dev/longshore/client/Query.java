package dev.longshore.client;

/**
 * Which objects of a resource a list or watch is about.
 *
 * @param namespace     "" for all namespaces
 * @param labelSelector in the syntax of the API, "" for all
 * @param fieldSelector in the syntax of the API, "" for all
 */
public record Query(String namespace, String labelSelector, String fieldSelector) {
    private static final Query ALL = new Query("", "", "");

    public static Query all() {
        return ALL;
    }

    public static Query namespace(String namespace) {
        return new Query(namespace, "", "");
    }

    public static Query fields(String fieldSelector) {
        return new Query("", "", fieldSelector);
    }
}
