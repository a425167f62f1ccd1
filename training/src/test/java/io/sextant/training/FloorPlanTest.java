package io.sextant.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sextant.training.device.TrainableModel;
import org.junit.jupiter.api.Test;

class FloorPlanTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sextant.training");

    @Test
    void standsOnCoreAlone() {
        assertThat(CLASSES.contain(TrainableModel.class)).isTrue();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sextant.tasks..", "io.sextant.connectors..", "io.sextant.routes..", "io.sextant.app..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.sextant.training.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theGeneratedWorldKnowsNothingOfTraining() {
        noClasses()
                .that()
                .resideInAPackage("io.sextant.training.world..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sextant.training.device..", "io.sextant.training.run..", "io.sextant.training.objective..")
                .check(CLASSES);
    }
}
