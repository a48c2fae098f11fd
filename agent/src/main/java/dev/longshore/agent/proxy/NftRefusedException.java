package dev.longshore.agent.proxy;

import java.io.IOException;

/** The kernel refused a transaction; nothing of it took effect. */
public final class NftRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    NftRefusedException(String message) {
        super(message);
    }
}
