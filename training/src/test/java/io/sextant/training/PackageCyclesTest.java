package io.sextant.training;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageCyclesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sextant.training");

    @Test
    void packagesFormNoCycles() {
        assertThat(CLASSES).hasSizeGreaterThan(50);
        slices().matching("io.sextant.training.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
