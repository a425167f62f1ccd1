package io.sextant.tasks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sextant.tasks.spi.VisionTask;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FloorPlanTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sextant.tasks");
    private static final String[] PLUGIN_NEEDS = {
        "java..",
        "org.jspecify..",
        "org.slf4j..",
        "io.sextant.core",
        "io.sextant.core.box",
        "io.sextant.core.confidence",
        "io.sextant.core.error",
        "io.sextant.core.grammar",
        "io.sextant.core.image",
        "io.sextant.core.message",
        "io.sextant.core.prompt",
        "io.sextant.tasks.spi"
    };

    @Test
    void seesTheClassesItIsAbout() {
        assertThat(CLASSES.contain(VisionTask.class)).isTrue();
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        "io.sextant.tasks",
                        "io.sextant.tasks.camel",
                        "io.sextant.tasks.declared",
                        "io.sextant.tasks.builtin.vqa",
                        "io.sextant.tasks.builtin.chat");
    }

    @Test
    void standsOnThePublicPartOfCoreAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sextant.core.internal..",
                        "io.sextant.connectors..",
                        "io.sextant.routes..",
                        "io.sextant.app..",
                        "ai.djl..",
                        "io.sextant.quarkus..",
                        "io.quarkus..",
                        "jakarta.enterprise..",
                        "jakarta.inject..",
                        "org.eclipse.microprofile..")
                .check(CLASSES);
    }

    @Test
    void thePluginContractKnowsNoCamelAndNoJson() {
        classes()
                .that()
                .resideInAPackage("io.sextant.tasks.spi")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(PLUGIN_NEEDS)
                .check(CLASSES);
    }

    @Test
    void builtInTasksUseOnlyWhatAnOutsidePluginGets() {
        String[] allowed = Arrays.copyOf(PLUGIN_NEEDS, PLUGIN_NEEDS.length + 1);
        allowed[PLUGIN_NEEDS.length] = "io.sextant.tasks.builtin..";
        classes()
                .that()
                .resideInAPackage("io.sextant.tasks.builtin..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(CLASSES);
        slices().matching("io.sextant.tasks.builtin.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void onlyTheComponentKnowsCamel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sextant.tasks.camel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.sextant.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
