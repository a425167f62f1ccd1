package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a GraalVM would be given: the jars and arguments that the sources-only step writes. Runs in the profile {@code
 * native-sources} alone.
 */
final class NativeSourcesCheck {
    private static final Path SOURCES = Path.of("target", "native-sources");

    /** Names of all files by jar. */
    private static final Map<Path, Set<String>> JARS = new HashMap<>();

    static List<String> modules() {
        return NativeSettings.MODULES;
    }

    @BeforeAll
    static void listJars() throws IOException {
        try (Stream<Path> runner = Files.list(SOURCES);
                Stream<Path> libraries = Files.list(SOURCES.resolve("lib"))) {
            for (Path jar : Stream.concat(runner, libraries)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList()) {
                try (JarFile content = new JarFile(jar.toFile())) {
                    Set<String> names = new HashSet<>();
                    content.stream().map(ZipEntry::getName).forEach(names::add);
                    JARS.put(jar, names);
                }
            }
        }
    }

    private static Set<String> files(Path jar) {
        return JARS.getOrDefault(jar, Set.of());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void findsTheModulesSettingsInOneJar(String module) {
        String folder = NativeSettings.inJar(module);
        List<Path> jars = JARS.keySet().stream()
                .filter(jar -> files(jar).contains(folder + "/resource-config.json"))
                .toList();
        assertThat(jars).hasSize(1);
        NativeSettings.of(module)
                .files()
                .forEach((name, text) -> assertThat(text(jars.get(0), folder + "/" + name))
                        .as(name)
                        .isEqualTo(text));
    }

    /** Every name is one of something that goes into the executable, or of the JDK. */
    @ParameterizedTest
    @MethodSource("modules")
    void findsWhatEverySettingNames(String module) {
        NativeSettings settings = NativeSettings.of(module);
        assertThat(settings.lookedUp())
                .allMatch(member -> member.startsWith("java.") || isInAnyJar(Pattern.quote(fileOf(member))));
        assertThat(settings.includedResources()).allMatch(NativeSourcesCheck::isInAnyJar);
        assertThat(settings.initialisedAtRunTime())
                .allMatch(name -> isInAnyJar(Pattern.quote(name.replace('.', '/')) + "(/.*|\\.class)"));
    }

    @Test
    void letsTheBuilderReadOurSettings() {
        List<String> arguments = arguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--exclude-config")) {
                Pattern excluded = Pattern.compile(arguments.get(i + 1));
                assertThat(JARS.keySet())
                        .filteredOn(jar -> excluded.matcher(jar.toString()).find())
                        .allMatch(jar -> files(jar).stream().noneMatch(name -> name.contains("io.sextant")));
            }
        }
        assertThat(arguments).contains("--enable-native-access=ALL-UNNAMED");
    }

    /** The reason for naming constructors of providers; should it fall away, so may they. */
    @Test
    void turnsTheBuildersSupportOfServicesOff() {
        assertThat(arguments()).contains("-H:-UseServiceLoaderFeature");
    }

    @Test
    void bringsJpegAndGeometry() {
        assertThat(arguments())
                .anyMatch(argument -> argument.startsWith("--features=")
                        && argument.contains("io.quarkus.awt.runtime.graal.AwtFeature"));
        assertThat(isInAnyJar("io/quarkus/awt/runtime/graal/AwtFeature\\.class"))
                .isTrue();
    }

    @Test
    void bringsNoBridgeToALoggerThatIsAbsent() {
        assertThat(isInAnyJar("org/apache/commons/logging/impl/Log4JLogger\\.class"))
                .isFalse();
        assertThat(isInAnyJar("org/apache/commons/logging/LogFactory\\.class")).isTrue();
    }

    @Test
    void registersTheCommands() {
        Path runner = JARS.keySet().stream()
                .filter(jar -> jar.toString().endsWith("-runner.jar"))
                .findFirst()
                .orElseThrow();
        assertThat(text(runner, "META-INF/native-image/reflect-config.json"))
                .contains("io.sextant.app.SextantCommand", "io.sextant.app.ask.AskCommand");
    }

    private static List<String> arguments() {
        try {
            return List.of(
                    Files.readString(SOURCES.resolve("native-image.args")).split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fileOf(String member) {
        return NativeSettings.typeOf(member).replace('.', '/') + ".class";
    }

    private static boolean isInAnyJar(String pattern) {
        Pattern names = Pattern.compile(pattern);
        return JARS.values().stream().anyMatch(files -> files.stream().anyMatch(names.asMatchPredicate()));
    }

    private static String text(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream stream = file.getInputStream(file.getEntry(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
