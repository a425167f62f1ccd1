package io.sextant.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ConnectorsArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sextant.connectors");

    @Test
    void seesTheClassesOfThisModule() {
        assertThat(CLASSES).hasSizeGreaterThan(20);
        assertThat(CLASSES.contain("io.sextant.connectors.internal.file.FileConnector"))
                .isTrue();
    }

    @Test
    void knowsNeitherTasksNorRoutesNorTheApplication() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sextant.tasks..", "io.sextant.routes..", "io.sextant.app..")
                .check(CLASSES);
    }

    @Test
    void usesOnlyThePublicPackagesOfCore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sextant.core.internal..", "ai.djl..")
                .check(CLASSES);
    }

    @Test
    void knowsNoContainerAndNoConfigurationApi() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.smallrye..", "org.eclipse.microprofile..")
                .check(CLASSES);
    }

    @Test
    void letsNoAdapterKnowAnother() {
        slices().matching("io.sextant.connectors.internal.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }
}
