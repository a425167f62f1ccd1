package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.app.demo.DemoImages;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution that the profiles {@code dist} and {@code native} pack, unpacked and run as on a bare machine: no variables, a
 * home that cannot be written, no place for DJL's cache. Runs in those profiles alone.
 */
final class DistributionCheck {
    @TempDir
    private static Path unpacked;

    private static Path top;

    @TempDir
    private Path folder;

    private Path temporary;

    @BeforeAll
    static void unpack() throws Exception {
        Process tar = new ProcessBuilder(
                        "tar", "-xzf", System.getProperty("sextant.distribution"), "-C", unpacked.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (Stream<Path> tops = Files.list(unpacked)) {
            top = tops.toList().get(0);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        DemoImages.drop("sheep.jpg", folder.resolve("sheep.jpg"));
    }

    @Test
    void answersAndDrawsWithWhatItBrings() throws Exception {
        Run ask = run(
                top.resolve("sextant"),
                "ask",
                "sheep.jpg",
                "--task",
                "detection",
                "--prompt",
                "sheep",
                "--draw",
                "out.png");
        assertThat(ask.exitCode()).as(ask.output()).isZero();
        assertThat(ask.output()).contains("sheep");
        assertThat(folder.resolve("out.png")).isNotEmptyFile();
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files)
                    .as("no copy of the engine")
                    .noneMatch(file -> file.endsWith(System.mapLibraryName("torch")));
        }
    }

    @Test
    void findsItsLibrariesThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("vision"), top.resolve("sextant"));
        Run ask = run(link, "ask", "sheep.jpg");
        assertThat(ask.exitCode()).as(ask.output()).isZero();
    }

    @Test
    void saysWhereItLooksForLibrariesThatAreGone() throws Exception {
        Path lib = top.resolve("lib");
        Path aside = Files.move(lib, top.resolve("aside"));
        try {
            Run ask = run(top.resolve("sextant"), "ask", "sheep.jpg");
            assertThat(ask.exitCode()).as(ask.output()).isEqualTo(2);
            assertThat(ask.output())
                    .contains("libtorch, cannot be loaded", "the folder lib of a distribution", "PYTORCH_LIBRARY_PATH")
                    .doesNotContain("\tat ");
        } finally {
            Files.move(aside, lib);
        }
    }

    @Test
    void holdsTheLauncherTheLicenceAndTheEnginesLibrariesOnce() throws Exception {
        assertThat(Files.getPosixFilePermissions(top.resolve("sextant"))).contains(PosixFilePermission.OTHERS_EXECUTE);
        assertThat(top.resolve("LICENSE")).isNotEmptyFile();
        assertThat(top.resolve("NOTICE")).isNotEmptyFile();
        assertThat(top.resolve("operations/sextant.service")).isNotEmptyFile();
        try (Stream<Path> files = Files.list(top.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(System.mapLibraryName("torch"), System.mapLibraryName("djl_torch"))
                    .noneMatch(name -> name.contains("awt"));
        }
        try (Stream<Path> files = Files.walk(top)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> file.toFile().length() > 100_000_000))
                    .as("libtorch's processor library, nowhere twice")
                    .hasSizeLessThanOrEqualTo(isJvm() ? 1 : 2);
        }
    }

    @Test
    @EnabledIf("isJvm")
    void isTheSameInAZipAndAnswersFromThere() throws Exception {
        Path zip = Path.of(System.getProperty("sextant.distribution").replace(".tar.gz", ".zip"));
        Path copy = folder.resolve(top.getFileName());
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            unpack(archive.getPath("/" + top.getFileName()), copy);
        }

        assertThat(files(copy)).containsExactlyElementsOf(files(top));
        for (Path file : files(top)) {
            assertThat(Files.mismatch(top.resolve(file), copy.resolve(file)))
                    .as(file.toString())
                    .isEqualTo(-1);
            assertThat(Files.getPosixFilePermissions(copy.resolve(file)))
                    .as(file.toString())
                    .isEqualTo(Files.getPosixFilePermissions(top.resolve(file)));
        }
        Run ask = run(copy.resolve("sextant"), "ask", "sheep.jpg");
        assertThat(ask.exitCode()).as(ask.output()).isZero();
    }

    /** With the permissions that the archive has, as unzip does it. */
    private static void unpack(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Path copy = to.resolve(from.relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(entry, copy);
                    Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(entry));
                }
            }
        }
    }

    /** What lies below a folder, in order. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    @EnabledIf("hasJdkWithCaches")
    void startsFromACacheOfClassesAndWithoutOneThatDoesNotFit() throws Exception {
        // Given
        Path jdk = jdkWithCaches().orElseThrow();
        Path older = Path.of(System.getProperty("java.home"));
        Path launcher = top.resolve("sextant");
        Path cache = top.resolve("sextant.aot");
        Run plain = run(jdk, launcher, "ask", "sheep.jpg");
        Run plainOlder = run(older, launcher, "ask", "sheep.jpg");
        assertThat(plain.exitCode()).as(plain.output()).isZero();

        // When
        Run made = run(jdk, launcher, "aot-cache");

        // Then
        assertThat(made.exitCode()).as(made.output()).isZero();
        assertThat(run(jdk, launcher, "ask", "sheep.jpg")).isEqualTo(plain);
        assertThat(run(older, launcher, "ask", "sheep.jpg")).isEqualTo(plainOlder);
        assertThat(loadedClasses(jdk, launcher)).contains("io.sextant.app.Main source: shared objects file");
        Path moved = Files.move(top, top.resolveSibling("moved to another name"));
        try {
            assertThat(run(jdk, moved.resolve("sextant"), "ask", "sheep.jpg")).isEqualTo(plain);
            assertThat(loadedClasses(jdk, moved.resolve("sextant")))
                    .contains("io.sextant.app.Main source: shared objects file");
        } finally {
            Files.move(moved, top);
        }
        Path runCache = top.resolve("sextant-run.aot");
        assertThat(classesOfARun(jdk, launcher))
                .contains("io.quarkus.runner.ApplicationImpl source: shared objects file");
        Files.write(runCache, Arrays.copyOf(Files.readAllBytes(runCache), 1_000_000));
        assertThat(classesOfARun(jdk, launcher)).contains("io.quarkus.runner.ApplicationImpl source: file:");
        byte[] good = Files.readAllBytes(cache);
        try {
            for (byte[] bad : damaged(good)) {
                Files.delete(cache);
                Files.write(cache, bad);
                assertThat(run(jdk, launcher, "ask", "sheep.jpg")).isEqualTo(plain);
            }
            Files.write(cache, good);
            Files.setLastModifiedTime(
                    top.resolve("quarkus-app/quarkus/generated-bytecode.jar"), FileTime.fromMillis(0));
            assertThat(run(jdk, launcher, "ask", "sheep.jpg")).isEqualTo(plain);
            assertThat(loadedClasses(jdk, launcher)).doesNotContain("io.sextant.app.Main source: shared objects file");
        } finally {
            Files.delete(cache);
            Files.delete(runCache);
        }
    }

    /** The classes that were loaded until a pipeline had answered an image. */
    private String classesOfARun(Path jdk, Path launcher) throws Exception {
        Path in = Files.createTempDirectory(folder, "in");
        Files.copy(folder.resolve("sheep.jpg"), in.resolve("sheep.jpg"));
        Path out = Files.createTempDirectory(folder, "out");
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.pipelines.shop.from=file:%s
                sextant.pipelines.shop.to=file:%s
                sextant.pipelines.shop.steps[0].task=caption
                """.formatted(in, out));
        Path list = folder.resolve("classes.txt");
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process =
                start(jdk, launcher, output, Map.of("SEXTANT_JAVA_OPTIONS", "-Xlog:class+load:file=" + list), "run");
        try {
            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(
                            () -> assertThat(out).as(Files.readString(output)).isNotEmptyDirectory());
        } finally {
            process.destroy();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
        }
        return Files.readString(list);
    }

    /** Empty, something else, cut, of another virtual machine, and with other bytes in its middle. */
    private static List<byte[]> damaged(byte[] good) {
        byte[] foreign = good.clone();
        Arrays.fill(foreign, 200, 400, (byte) 'x');
        byte[] flipped = good.clone();
        Arrays.fill(flipped, good.length / 2, good.length / 2 + 64, (byte) 'x');
        return List.of(new byte[0], new byte[] {'n', 'o'}, Arrays.copyOf(good, good.length / 3), foreign, flipped);
    }

    private String loadedClasses(Path jdk, Path launcher) throws Exception {
        Path list = folder.resolve("classes.txt");
        Files.deleteIfExists(list);
        run(jdk, launcher, Map.of("SEXTANT_JAVA_OPTIONS", "-Xlog:class+load:file=" + list), "ask", "sheep.jpg");
        return Files.readString(list);
    }

    static boolean hasJdkWithCaches() throws IOException {
        return isJvm() && jdkWithCaches().isPresent();
    }

    /** A JDK that can make such a cache, where the system's packages put one. */
    private static Optional<Path> jdkWithCaches() throws IOException {
        try (Stream<Path> jdks = Files.list(Path.of("/usr/lib/jvm"))) {
            return jdks.filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                    .filter(jdk -> featureVersion(jdk.resolve("release")) >= 25)
                    .findFirst();
        }
    }

    private static int featureVersion(Path release) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            return 0;
        }
        return Runtime.Version.parse(properties.getProperty("JAVA_VERSION").replace("\"", ""))
                .feature();
    }

    private static boolean isJvm() {
        return System.getProperty("sextant.distribution").endsWith("-jvm.tar.gz");
    }

    private Run run(Path program, String... arguments) throws Exception {
        return run(Path.of(System.getProperty("java.home")), program, arguments);
    }

    private Run run(Path jdk, Path program, String... arguments) throws Exception {
        return run(jdk, program, Map.of(), arguments);
    }

    private Run run(Path jdk, Path program, Map<String, String> variables, String... arguments) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = start(jdk, program, output, variables, arguments);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("ends in time").isTrue();
        return new Run(process.exitValue(), Files.readString(output));
    }

    private Process start(Path jdk, Path program, Path output, Map<String, String> variables, String... arguments)
            throws IOException {
        // Below a file no folder can be made, whoever runs this.
        Path nowhere = folder.resolve("sheep.jpg").resolve("home");
        List<String> properties =
                List.of("-Duser.home=" + nowhere, "-DDJL_CACHE_DIR=" + nowhere, "-Djava.io.tmpdir=" + temporary);
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        if (isJvm()) {
            builder.environment().put("JAVA_HOME", jdk.toString());
            builder.environment().put("JDK_JAVA_OPTIONS", String.join(" ", properties));
        } else {
            command.addAll(1, properties);
        }
        builder.environment().putAll(variables);
        return builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /**
     * A command line that has ended.
     *
     * @param output both streams together
     */
    private record Run(int exitCode, String output) {}
}
