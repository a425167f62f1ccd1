package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sextant.tasks.testkit.Guarantee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Javadoc of the plugin contract says of itself: each guarantee is held by a test, each type says since when it is there. */
class ContractTextTest {
    private static final String SPI = "main/java/io/sextant/tasks/spi";
    private static final String TEST_KIT = "test/java/io/sextant/tasks/testkit";
    private static final Pattern LIST = Pattern.compile("(?s)<ol>(.*?)</ol>");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (final |sealed |abstract )*(class|interface|record|enum|@interface) ");
    private static final Pattern SINCE = Pattern.compile("(?m)^ \\* @since \\d+\\.\\d+$");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.sextant.tasks");

    @Test
    void everyGuaranteeIsHeldByATestAndEveryTestNamesOneThatIsThere() throws IOException {
        Set<String> given = new TreeSet<>();
        for (Path file : files(SPI)) {
            given.addAll(guarantees(file));
        }
        Set<String> held = TESTS.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Guarantee.class))
                .flatMap(method ->
                        Stream.of(method.getAnnotationOfType(Guarantee.class).value()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(given).contains("TaskFactory 1", "VisionTask 2", "CompositeTask 6");
        assertThat(held).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {SPI, TEST_KIT})
    void everyPublicTypeSaysSinceWhenItIsThere(String folder) throws IOException {
        List<Path> types =
                files(folder).stream().filter(ContractTextTest::isPublic).toList();

        assertThat(types).hasSizeGreaterThan(3);
        for (Path file : types) {
            Matcher type = PUBLIC_TYPE.matcher(Files.readString(file));
            assertThat(type.find()).isTrue();
            assertThat(SINCE.matcher(Files.readString(file).substring(0, type.start()))
                            .find())
                    .as("@since in the Javadoc of %s", file)
                    .isTrue();
        }
    }

    private static boolean isPublic(Path file) {
        try {
            return PUBLIC_TYPE.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbered ones of a type's own Javadoc, as tests name them. */
    private static Set<String> guarantees(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher list = LIST.matcher(Files.readString(file));
        if (list.find()) {
            String type = file.getFileName().toString().replace(".java", "");
            int count = list.group(1).split("<li>", -1).length - 1;
            for (int number = 1; number <= count; number++) {
                names.add(type + " " + number);
            }
        }
        return names;
    }

    private static List<Path> files(String folder) throws IOException {
        Path sources = Path.of(System.getProperty("sextant.top", ".."), "tasks/src", folder);
        try (Stream<Path> files = Files.list(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
