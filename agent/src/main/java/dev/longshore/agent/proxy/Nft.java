package dev.longshore.agent.proxy;

import java.io.IOException;

/** The kernel's packet filter. Calls block; one at a time. */
public interface Nft {
    /**
     * Runs the commands as one transaction: all of them or none.
     *
     * @throws NftRefusedException when the kernel refuses it, for example because the table is not as expected
     */
    void run(String commands) throws IOException, InterruptedException;

    /** What the kernel has under this name, as {@code nft list table} prints it; "" when there is no such table. */
    String list(String table) throws IOException, InterruptedException;
}
