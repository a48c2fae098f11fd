package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The compiled decision code has no way to wait: no monitor, lock, future, thread, socket, file or API call. */
class OwnerThreadTest {
    private static final List<String> DECIDING_PACKAGES = List.of("cycle", "state", "plugins", "queue", "explain");
    private static final List<String> BANNED_OWNERS = List.of("java/util/concurrent/", "java/net/", "java/nio/",
            "java/io/", "java/lang/Thread", "java/lang/Process", "dev/longshore/client/", "io/netty/", "io/grpc/");
    private static final Set<String> BANNED_OBJECT_METHODS = Set.of("wait", "notify", "notifyAll");

    @Test
    void decisionCodeCannotBlock() throws IOException, URISyntaxException {
        Path classes = Path.of(Scheduler.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve("dev/longshore/scheduler");
        List<String> findings = new ArrayList<>();
        int scanned = 0;
        for (String name : DECIDING_PACKAGES) {
            try (Stream<Path> files = Files.list(classes.resolve(name))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    if (!file.toString().contains("Test")) {
                        scanned++;
                        scan(file, findings);
                    }
                }
            }
        }
        assertThat(findings).isEmpty();
        assertThat(scanned).isGreaterThan(30);
    }

    private static void scan(Path file, List<String> findings) {
        ClassModel model = parse(file);
        model.methods().forEach(method -> {
            String where = model.thisClass().asInternalName() + "." + method.methodName() + ": ";
            if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                findings.add(where + "synchronized");
            }
            method.code().ifPresent(code -> code.forEach(element -> {
                if (element instanceof MonitorInstruction monitor && monitor.opcode() == Opcode.MONITORENTER) {
                    findings.add(where + "monitor");
                }
                if (element instanceof InvokeInstruction call && banned(call)) {
                    findings.add(where + call.owner().asInternalName() + "." + call.name());
                }
            }));
        });
    }

    private static boolean banned(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return BANNED_OWNERS.stream().anyMatch(owner::startsWith) && !owner.equals("java/util/concurrent/TimeUnit")
                || owner.equals("java/lang/Object") && BANNED_OBJECT_METHODS.contains(call.name().stringValue());
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
