package dev.longshore.agent.dns;

/**
 * What is asked.
 *
 * @param name in lower case, without the last dot: {@code web.default.svc.cluster.local}
 * @param type number of the record type (IANA DNS parameters): 1 A, 28 AAAA, 33 SRV, 12 PTR
 */
record Question(String name, int type) {
    static final int A = 1;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int PTR = 12;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int SRV = 33;
    static final int ANY = 255;

    boolean wants(int recordType) {
        return type == recordType || type == ANY;
    }
}
