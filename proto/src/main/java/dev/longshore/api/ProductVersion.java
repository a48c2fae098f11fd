package dev.longshore.api;

/** The versions that the server, the nodes and the command line show alike. */
public final class ProductVersion {
    /** Longshore's own. */
    public static final String PRODUCT = "0.1.0";

    /** The version of the Kubernetes API that is spoken, with our own as build metadata (semantic versioning 2.0). */
    public static final String KUBERNETES = "v1.32.13+longshore." + PRODUCT;

    private ProductVersion() {
    }
}
