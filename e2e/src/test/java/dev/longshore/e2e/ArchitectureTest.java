package dev.longshore.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Scanner;
import java.util.Timer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which part may know which. The component modules see each other only through client and proto; Maven's dependencies
 * say the same, and this test says it for packages that one jar holds.
 */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.longshore");

    @ParameterizedTest
    @CsvSource({"apiserver", "scheduler", "controllers", "agent"})
    void aComponentKnowsNoOtherComponent(String component) {
        String[] others = Stream.of("apiserver", "scheduler", "controllers", "agent", "cli", "sim")
                .filter(other -> !other.equals(component)).map(other -> "dev.longshore." + other + "..")
                .toArray(String[]::new);
        noClasses().that().resideInAPackage("dev.longshore." + component + "..").should().dependOnClassesThat()
                .resideInAnyPackage(others).check(CLASSES);
    }

    @Test
    void theClientKnowsNoComponent() {
        noClasses().that().resideInAnyPackage("dev.longshore.client..", "dev.longshore.common..", "dev.longshore.api..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.longshore.apiserver..",
                        "dev.longshore.scheduler..", "dev.longshore.controllers..", "dev.longshore.agent..",
                        "dev.longshore.cli..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStorePackageKnowsDatabases() {
        noClasses().that().resideOutsideOfPackage("dev.longshore.apiserver.store..").should().dependOnClassesThat()
                .resideInAnyPackage("io.etcd..", "java.sql..", "org.sqlite..").check(CLASSES);
    }

    @Test
    void theStoreKnowsNothingAboveIt() {
        noClasses().that().resideInAPackage("dev.longshore.apiserver.store..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.longshore.apiserver.registry..", "dev.longshore.apiserver.http..",
                        "dev.longshore.apiserver.resources..", "dev.longshore.apiserver.admission..")
                .check(CLASSES);
    }

    @Test
    void theRegistryKnowsNoEdge() {
        noClasses().that()
                .resideInAnyPackage("dev.longshore.apiserver.registry..", "dev.longshore.apiserver.resources..",
                        "dev.longshore.apiserver.admission..", "dev.longshore.apiserver.cache..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("dev.longshore.apiserver.http..", "dev.longshore.apiserver.grpc..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void deciderModulesDoNoInputOutput() {
        var deciders = new String[]{"dev.longshore.scheduler..", "dev.longshore.controllers.."};
        noClasses().that().resideInAnyPackage(deciders).should().dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "java.net..", "java.nio.file..", "java.nio.channels..")
                .check(CLASSES);
        // Streams over memory are no input or output.
        noClasses().that().resideInAnyPackage(deciders).should().dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccessFile|Console).*").check(CLASSES);
    }

    /** What cannot block cannot be blocked: no thread, lock, socket, file, logger, clock or meter is even in reach. */
    @Test
    void whatDecidesInTheSchedulerKnowsNothingThatBlocks() {
        String[] core = Stream.of("cycle", "state", "plugins", "queue", "volumes", "explain")
                .map(name -> "dev.longshore.scheduler." + name).toArray(String[]::new);
        String[] harmless = Stream.concat(Stream.of(core), Stream.of("java.lang", "java.lang.annotation",
                "java.lang.invoke", "java.lang.runtime", "java.util", "java.util.function", "java.util.stream",
                "java.time", "dev.longshore.api..", "com.google.protobuf..")).toArray(String[]::new);
        classes().that().resideInAnyPackage(core).should().onlyDependOnClassesThat().resideInAnyPackage(harmless)
                .check(CLASSES);
        noClasses().that().resideInAnyPackage(core).should().dependOnClassesThat()
                .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class, System.Logger.class,
                        Timer.class, Scanner.class)
                .check(CLASSES);
        noMethods().that().areDeclaredInClassesThat().resideInAnyPackage(core).should()
                .haveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
        noClasses().that().resideInAnyPackage(core).should().callMethod(Object.class, "wait")
                .orShould().callMethod(Object.class, "wait", long.class).check(CLASSES);
    }

    @Test
    void packagesOfAModuleFormNoCycle() {
        for (String module : new String[]{"apiserver", "scheduler", "controllers", "agent", "client"}) {
            slices().matching("dev.longshore." + module + ".(*)..").should().beFreeOfCycles().check(CLASSES);
        }
    }
}
