package dev.longshore.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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

    @Test
    void packagesOfAModuleFormNoCycle() {
        for (String module : new String[]{"apiserver", "scheduler", "controllers", "agent", "client"}) {
            slices().matching("dev.longshore." + module + ".(*)..").should().beFreeOfCycles().check(CLASSES);
        }
    }
}
