package dev.longshore.apiserver.http;

/** One header of an answer; several may share a name. */
record Header(String name, String value) {
    static Header contentType(String value) {
        return new Header("Content-Type", value);
    }
}
