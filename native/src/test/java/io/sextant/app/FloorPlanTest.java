package io.sextant.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The floor plan of docs/architecture.md, checked on the compiled classes of all modules. */
final class FloorPlanTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(FloorPlanTest::isMainCode).importPackages("io.sextant");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern CONNECTOR = Pattern.compile("(?i)kafka|(?<![a-z0-9])s3(?![0-9])|S3(?=[A-Z])");

    private static final DescribedPredicate<JavaClass> INTERNAL = DescribedPredicate.describe(
            "internal",
            type -> Pattern.matches("io\\.sextant\\..*\\.(internal|builtin)(\\..*)?", type.getPackageName()));

    private static boolean isMainCode(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "tasks", "connectors", "routes", "quarkus", "app"})
    void seesTheClassesOfEveryModule(String module) {
        assertThat(CLASSES.stream().filter(type -> isIn(type, module)).filter(type -> !isPackageInfo(type)))
                .as("compiled classes of io.sextant.%s", module)
                .isNotEmpty();
    }

    @Test
    void coreKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAPackage("io.sextant.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel..",
                        "jakarta..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "org.eclipse.microprofile..",
                        "com.fasterxml..",
                        "picocli..")
                .check(CLASSES);
    }

    @Test
    void onlyCoreKnowsTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sextant.core..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void arrowsPointDownOnly() {
        mayNotSee("core", "tasks", "connectors", "routes", "quarkus", "app");
        mayNotSee("tasks", "connectors", "routes", "quarkus", "app");
        mayNotSee("connectors", "tasks", "routes", "quarkus", "app");
        mayNotSee("routes", "quarkus", "app");
        mayNotSee("quarkus", "connectors", "routes", "app");
    }

    @Test
    void quarkusStaysInTheExtensionAndTheApplication() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sextant.app..", "io.sextant.quarkus..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta.enterprise..", "jakarta.inject..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "tasks", "connectors", "routes"})
    void internalPackagesAreUsedByTheirOwnModuleAlone(String module) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sextant." + module + "..")
                .should()
                .dependOnClassesThat(INTERNAL.and(
                        DescribedPredicate.describe("of " + module, (JavaClass type) -> isIn(type, module))))
                .check(CLASSES);
    }

    /** What a connector needs said of it, it says itself: keys, settings, health. The playground starts servers, and names them. */
    @ParameterizedTest
    @ValueSource(strings = {"core", "tasks", "connectors", "routes", "native"})
    void nothingOutsideTheConnectorsNamesOne(String module) throws IOException {
        Path sources = Path.of(System.getProperty("sextant.top", ".."), module, "src/main/java");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(sources)) {
            files = walk.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/app/playground/"))
                    .filter(file -> !file.toString().matches(".*/connectors/internal/(kafka|s3)/.*"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            assertThat(CONNECTOR.matcher(code).results().map(MatchResult::group))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void builtInTasksUseOnlyWhatAPluginGets() {
        noClasses()
                .that()
                .resideInAPackage("io.sextant.tasks.builtin..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "of Sextant, outside tasks.spi, tasks.builtin and core's public packages",
                        type -> isOwn(type)
                                && !inPackage(type, "io.sextant.tasks.spi")
                                && !inPackage(type, "io.sextant.tasks.builtin")
                                && (!isIn(type, "core") || INTERNAL.test(type))))
                .check(CLASSES);
    }

    @Test
    void publicSignaturesShowPublicTypesOnly() {
        List<String> leaks = CLASSES.stream()
                .filter(type -> (isIn(type, "core") || isIn(type, "tasks") || isIn(type, "connectors"))
                        && !INTERNAL.test(type)
                        && isVisible(type))
                .flatMap(type -> type.getMembers().stream())
                .filter(FloorPlanTest::isVisible)
                .filter(member -> member.getAllInvolvedRawTypes().stream()
                        .anyMatch(type ->
                                INTERNAL.test(type) || type.getPackageName().startsWith("ai.djl")))
                .map(JavaMember::getFullName)
                .toList();
        assertThat(leaks)
                .as("public members that show internal or engine types")
                .isEmpty();
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.sextant.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(candidate -> !isMarked(candidate))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    }

    private static boolean isMarked(JavaPackage candidate) {
        return candidate
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static void mayNotSee(String module, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage("io.sextant." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.sextant." + other + "..")
                    .check(CLASSES);
        }
    }

    private static boolean isVisible(JavaMember member) {
        boolean isBridge = member instanceof JavaMethod && member.getModifiers().contains(JavaModifier.BRIDGE);
        return !isBridge
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(FloorPlanTest::isVisible).orElse(true);
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    private static boolean isOwn(JavaClass type) {
        return inPackage(type, "io.sextant");
    }

    private static boolean isIn(JavaClass type, String module) {
        return inPackage(type, "io.sextant." + module);
    }

    private static boolean inPackage(JavaClass type, String name) {
        return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
    }
}
