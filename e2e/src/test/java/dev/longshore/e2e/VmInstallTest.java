package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The four components as services, each a process of its own, against a real etcd and all over mutual TLS: installed,
 * used and removed with the commands of docs/howto/run-on-vms.md.
 */
@Tag("cluster")
class VmInstallTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final DocumentedCommands PAGE = DocumentedCommands.of("docs/howto/run-on-vms.md");
    private static final List<String> UNITS = List.of("longshore-apiserver", "longshore-scheduler",
            "longshore-controller-manager", "longshore-agent");
    private static final String INSTALL = "~/longshore/deploy/vm/install.sh ";

    private static IsolatedMachine machine;

    @BeforeAll
    static void putTheProgramTogether() {
        // Builds what is stale: the machine reaches no Maven repository.
        new Shell(Map.of()).run(LIMIT, "", List.of("./longshore", "--version")).succeeded();
        machine = new IsolatedMachine("vm1", Map.of("LONGSHORE_JAVA_OPTS", "-Xmx256m"));
        run(PAGE.under("1. The program"));
    }

    @AfterAll
    static void end() {
        machine.close();
    }

    @Test
    void theDemoRunsOnServicesInstalledAsThePageSays() {
        run(PAGE.under("2. Certificates"));
        run(PAGE.under("3. etcd"));
        run(PAGE.under("4. The control plane"));
        run(PAGE.under("5. Nodes"));
        verifyUnits();
        assertThat(runWithLogs(PAGE.under("6. Use it"))).contains("successfully rolled out", "serving version 1");
        onlyCertificatesOpenDoors();
        podsOutliveTheirAgent();
        run("kubectl delete -f deploy/examples/hello.yaml --wait=false");
        runWithLogs(PAGE.under("Remove it"));
        run("systemctl stop etcd");
        nothingIsLeft();
    }

    /** systemd's own judgement, where it is installed: unknown settings and missing programs are failures. */
    private static void verifyUnits() {
        String out = run("""
                if command -v systemd-analyze >/dev/null; then
                  systemd-analyze verify --man=no $(ls /etc/systemd/system/longshore-*) 2>&1
                fi
                ls /etc/systemd/system/multi-user.target.wants
                """);
        assertThat(out).contains(UNITS).doesNotContain("nknown", "Failed", "not executable");
    }

    private static void onlyCertificatesOpenDoors() {
        for (String url : List.of("https://$API:2379/health", "https://$API:6444/")) {
            assertThat(bash("curl --silent --max-time 5 --cacert ~/pki/ca.crt " + url).exitCode())
                    .as("curl without a client certificate: " + url).isIn(52, 55, 56, 92);
        }
        assertThat(run("curl --silent --cacert ~/pki/ca.crt --output /dev/null --write-out '%{http_code}' "
                + "https://$API:6443/api/v1/nodes")).isIn("401", "403");
    }

    private static void podsOutliveTheirAgent() {
        String containers = "kubectl get pods -o 'jsonpath={range .items[*]}{.status.containerStatuses[0].containerID}"
                + "{.status.containerStatuses[0].restartCount} {end}'";
        String before = run(containers);
        run(INSTALL + "agent");
        runWithLogs("""
                kubectl wait --for=condition=Ready node/$NODE --timeout=1m
                until [ "$(kubectl exec deployment/hello -- hostname | cut -d- -f1)" = hello ]; do sleep 0.5; done
                """);
        assertThat(run(containers)).as("containers before and after a restart of the agent").isEqualTo(before);
    }

    private static void nothingIsLeft() {
        assertThat(run("ps -e -o args= | grep -E 'longshore|containerd|etcd|runc|java|serve' | grep -v grep || true"))
                .as("processes").isEmpty();
        assertThat(run("ls -d /opt/longshore /var/lib/longshore/* /run/longshore/* /etc/systemd/system/longshore-* "
                + "/etc/longshore/*.env /run/netns/* 2>/dev/null || true")).as("files").isEmpty();
        assertThat(run("nft list tables; ip -o link | grep -vE ' (lo|eth0):' || true")).as("network")
                .isEmpty();
        assertThat(run("grep -E ' /(run|var/lib|opt)/.*longshore' /proc/self/mountinfo || true")).as("mounts")
                .isEmpty();
    }

    @Test
    void installNamesWhatIsWrong() {
        refused(2, "which component", "");
        refused(2, "unknown component 'apiservr'", "apiservr --store https://x:2379");
        refused(2, "apiserver needs --store", "apiserver --pki-dir /etc/longshore/pki");
        refused(2, "--data-dir needs an absolute path",
                "agent --pki-dir /p --api x:6444 --node-name n --data-dir here");
        refused(1, "has no option --stor", "scheduler --pki-dir /p --api x:6444 --stor y");
        refused(1, "the argument 'a b' has a character", "scheduler --pki-dir /p --api 'a b'");
        refused(2, "unknown option '--prefx'", "--prefx /opt/x agent");
        refused(2, "--root needs an absolute path", "--root here agent");
        Shell.Result noRoot = bash("setpriv --reuid=65534 --regid=65534 --clear-groups "
                + "deploy/vm/install.sh scheduler --pki-dir /p --api x:6444");
        assertThat(noRoot.exitCode()).isEqualTo(1);
        assertThat(noRoot.err()).contains("needs root");
    }

    @Test
    void installBelowAnotherRootLeavesThisMachineAlone() {
        run(INSTALL + "--root ~/image --prefix /usr/lib/longshore scheduler --pki-dir /p --api x:6444");
        String unit = run("cat ~/image/etc/systemd/system/longshore-scheduler.service");
        assertThat(unit).contains("ExecStart=/usr/lib/longshore/longshore scheduler $LONGSHORE_ARGS");
        run("echo LONGSHORE_JAVA_OPTS=-Xmx300m >>~/image/etc/longshore/scheduler.env");
        run(INSTALL + "--root ~/image --prefix /usr/lib/longshore scheduler --pki-dir /p --api y:6444");
        assertThat(run("cat ~/image/etc/longshore/scheduler.env"))
                .contains("LONGSHORE_ARGS=\"--pki-dir /p --api y:6444\"", "LONGSHORE_JAVA_OPTS=-Xmx300m");
        run("~/image/usr/lib/longshore/longshore --version");
        run(INSTALL + "--root ~/image --prefix /usr/lib/longshore --uninstall scheduler");
        assertThat(run("find ~/image -type f")).isEmpty();
    }

    private static void refused(int exitCode, String message, String arguments) {
        Shell.Result result = bash(INSTALL + arguments);
        assertThat(result.exitCode()).as(result.all()).isEqualTo(exitCode);
        assertThat(result.err()).contains(message);
    }

    private static Shell.Result bash(String script) {
        return machine.bash(LIMIT, script);
    }

    private static String run(String script) {
        return bash(script).succeeded().out();
    }

    /** Like run; a failure also shows the end of each service's log. */
    private static String runWithLogs(String script) {
        try {
            return run(script);
        } catch (AssertionError e) {
            throw new AssertionError(bash("kubectl get pods,nodes -o wide; tail -n 30 /run/*.log").all(), e);
        }
    }
}
