package io.sextant.routes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RoutesArchitectureTest {
    private static final JavaClasses CLASSES = importMain("io.sextant.routes");

    @Test
    void seesTheClassesOfThisModule() {
        assertThat(CLASSES).hasSizeGreaterThan(25);
        assertThat(CLASSES.contain("io.sextant.routes.PipelineRouteBuilder")).isTrue();
        assertThat(CLASSES.contain("io.sextant.routes.config.PipelinesConfig")).isTrue();
    }

    @Test
    void usesNoInternalsOfTheModulesBelow() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sextant.core.internal..",
                        "io.sextant.connectors.internal..",
                        "io.sextant.tasks.builtin..",
                        "io.sextant.tasks.internal..",
                        "io.sextant.app..",
                        "ai.djl..")
                .check(CLASSES);
    }

    @Test
    void knowsNoContainer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..")
                .check(CLASSES);
    }

    @Test
    void keepsTheConfigurationFreeOfCamelAndOfTheRoutes() {
        noClasses()
                .that()
                .resideInAPackage("io.sextant.routes.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel..", "io.sextant.routes")
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("io.sextant.(routes.*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void isWhereTasksAndConnectorsMeetWhichDoNotKnowEachOther() {
        JavaClasses tasks = importMain("io.sextant.tasks");
        JavaClasses connectors = importMain("io.sextant.connectors");
        assertThat(tasks).hasSizeGreaterThan(20);
        assertThat(connectors).hasSizeGreaterThan(20);

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sextant.connectors..")
                .check(tasks);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sextant.tasks..")
                .check(connectors);
    }

    private static JavaClasses importMain(String name) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(name);
    }
}
