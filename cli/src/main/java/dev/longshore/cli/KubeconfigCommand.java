package dev.longshore.cli;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints where the administrator's kubeconfig lies. */
@Command(name = "kubeconfig", mixinStandardHelpOptions = true, description = {
        "Prints the path of the administrator's kubeconfig.", "", "  export KUBECONFIG=$(./longshore kubeconfig)"})
final class KubeconfigCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Override
    public Integer call() {
        DataDirectory directory = dataDirectory.existing();
        if (!Files.exists(directory.kubeconfig())) {
            throw new CommandFailure(
                    "the cluster in " + directory.root() + " has no kubeconfig yet; run 'longshore up'");
        }
        System.out.println(directory.kubeconfig());
        return 0;
    }
}
