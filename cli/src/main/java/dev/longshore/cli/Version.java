package dev.longshore.cli;

import dev.longshore.api.ProductVersion;
import picocli.CommandLine.IVersionProvider;

/** The version that {@code longshore --version} prints. */
public final class Version implements IVersionProvider {
    /** Raised when the layout of the data directory changes in a way that an older release cannot read. */
    static final int DATA_LAYOUT = 1;

    static final String PRODUCT = ProductVersion.PRODUCT;

    @Override
    public String[] getVersion() {
        return new String[]{"longshore " + PRODUCT};
    }
}
