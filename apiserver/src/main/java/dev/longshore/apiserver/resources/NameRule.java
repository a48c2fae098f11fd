package dev.longshore.apiserver.resources;

/** The syntaxes of object names (Kubernetes API, object names). */
public enum NameRule {
    /** RFC 1123 subdomain, at most 253 characters: most kinds. */
    SUBDOMAIN,
    /** RFC 1123 label, at most 63 characters. */
    LABEL,
    /** RFC 1035 label, at most 63 characters: a label that starts with a letter. */
    LABEL_1035,
    /** Anything that can stand in a path: no slash and no percent sign, not "." nor "..". */
    PATH_SEGMENT
}
