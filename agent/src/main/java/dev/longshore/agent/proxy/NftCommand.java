package dev.longshore.agent.proxy;

import dev.longshore.agent.network.Commands;
import dev.longshore.agent.network.Commands.Result;
import java.io.IOException;
import java.util.List;

/** {@link Nft} by the command {@code nft}, which speaks to the kernel of the network namespace it runs in. */
public final class NftCommand implements Nft {
    private static final int MESSAGE_LIMIT = 400;

    private final Commands commands;

    public NftCommand(Commands commands) {
        this.commands = commands;
    }

    @Override
    public void run(String script) throws IOException, InterruptedException {
        Result result = commands.run(List.of("nft", "-f", "-"), script);
        if (!result.succeeded()) {
            String error = result.error();
            throw new NftRefusedException(error.substring(0, Math.min(MESSAGE_LIMIT, error.length())));
        }
    }

    @Override
    public String list(String table) throws IOException, InterruptedException {
        // The exit code is the same whether the table is missing or the rest failed; an empty answer repairs both.
        Result result = commands.run(List.of("nft", "-s", "list", "table", "ip", table), "");
        return result.succeeded() ? result.output() : "";
    }
}
