package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code sextant}, with a Java and a Maven that only note how they were called. */
final class LauncherTest {
    private static final List<String> BUILT = List.of("quarkus-app", "sextant-built", "sextant.aot", "sextant-run.aot");

    private final Map<String, String> variables = new HashMap<>();

    /** Words before those of the launcher. */
    private final List<String> before = new ArrayList<>();

    @TempDir
    private Path top;

    @BeforeEach
    void copyTheScript() throws Exception {
        Files.copy(Path.of("..", "sextant"), top.resolve("sextant"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(top.resolve("pom.xml"));
        for (String module : List.of("core", "tasks", "connectors", "routes", "native/target/quarkus-app")) {
            Files.createDirectories(top.resolve(module));
        }
        for (String server : List.of("kafka", "s3")) {
            Files.createFile(Files.createDirectories(top.resolve("playground").resolve(server))
                    .resolve("pom.xml"));
        }
        Files.createFile(top.resolve("native/target/quarkus-app/quarkus-run.jar"));
        Files.createFile(top.resolve("native/target/sextant-built"));
        script("jdk/bin/java", "echo \"java $*\" >> calls");
        script("bin/mvn", "echo \"mvn $*\" >> calls\nmkdir -p playground/kafka/target/lib playground/s3/target/lib");
        Files.writeString(top.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    private void script(String name, String body) throws Exception {
        Path file = top.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true, false)).isTrue();
    }

    /** The programs that were started by a command line that ends well. */
    private List<String> calls(String... words) throws Exception {
        assertThat(exitCode(words)).as(output()).isZero();
        return Files.readAllLines(top.resolve("calls"));
    }

    private String output() throws Exception {
        return Files.readString(top.resolve("output"));
    }

    private int exitCode(String... words) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(top.resolve("sextant").toString());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(top.toFile())
                .redirectErrorStream(true)
                .redirectOutput(top.resolve("output").toFile());
        builder.environment().put("JAVA_HOME", top.resolve("jdk").toString());
        builder.environment().put("PATH", top.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "playground --help",
                "playground -h",
                "playground --folder x --help",
                "playground --version",
                "playground send a.jpg",
                "playground results",
                "--help"
            })
    void fetchesNothingWhereNoServerStarts(String commandLine) throws Exception {
        assertThat(calls(commandLine.split(" "))).singleElement().asString().startsWith("java ");
    }

    @Test
    void fetchesTheServersBeforeTheyStart() throws Exception {
        assertThat(calls("playground", "--kafka-port", "0"))
                .hasSizeGreaterThan(1)
                .allMatch(call -> call.startsWith("mvn ") || call.startsWith("java "))
                .last()
                .asString()
                .endsWith("playground --kafka-port 0");
    }

    /** Where neither JAVA_HOME nor the path has one. */
    @Test
    void takesTheNewestOfTheJdksThatAreInstalled() throws Exception {
        Path script = top.resolve("sextant");
        Files.writeString(
                script,
                Files.readString(script)
                        .replace("/usr/lib/jvm", top.resolve("jvm").toString()));
        variables.put("JAVA_HOME", "");
        jdk("", "1.8.0_402");
        jdk("jvm/zulu-8/", "1.8.0_402");
        jdk("jvm/temurin-17/", "17.0.2");
        jdk("jvm/java-21/", "21.0.1");
        assertThat(calls("tasks")).singleElement().asString().startsWith("jvm/java-21/ ");
    }

    private void jdk(String folder, String version) throws Exception {
        script(folder + "bin/java", "echo \"" + folder + " $*\" >> calls");
        Files.writeString(top.resolve(folder + "release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask a.jpg", "demo", "tasks", "model inspect x", "--help"})
    void startsFromTheCacheOnAJdkThatTakesIt(String commandLine) throws Exception {
        Path cache = cacheFor("25.0.1");
        assertThat(calls(commandLine.split(" ")))
                .singleElement()
                .asString()
                .contains(" -XX:AOTCache=" + cache, " -Xlog:aot*=off ", " -cp ")
                .contains(" -Dio.sextant.application=" + cache.resolveSibling("quarkus-app") + " ")
                .endsWith(" io.sextant.app.Main " + commandLine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "run --check --config x"})
    void runStartsFromACacheOfItsOwn(String commandLine) throws Exception {
        Path cache = cacheFor("25.0.1").resolveSibling("sextant-run.aot");
        assertThat(calls(commandLine.split(" ")))
                .singleElement()
                .asString()
                .contains(" -XX:AOTCache=" + cache, " --add-opens=java.base/java.lang=ALL-UNNAMED ", " -cp ")
                .endsWith(" io.sextant.app.Main " + commandLine);
    }

    @Test
    void runStartsWithoutTheCacheOfTheOtherVerbs() throws Exception {
        Files.delete(cacheFor("25.0.1").resolveSibling("sextant-run.aot"));
        assertThat(calls("run")).singleElement().asString().endsWith("quarkus-run.jar run");
    }

    @ParameterizedTest
    @CsvSource({"25.0.1, replay", "25.0.1, enqueue", "17.0.1, ask", "17.0.1, run", "24, ask", "24, run"})
    void startsWithoutTheCacheWhereItDoesNotFit(String version, String verb) throws Exception {
        cacheFor(version);
        assertThat(calls(verb))
                .singleElement()
                .asString()
                .doesNotContain("AOT", "-cp ")
                .endsWith("quarkus-run.jar " + verb);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:AOTMode=off", "-XX:SharedArchiveFile=x.jsa", "-Xshare:off"})
    void leavesTheUsersOwnCacheAlone(String option) throws Exception {
        cacheFor("25.0.1");
        variables.put("SEXTANT_JAVA_OPTIONS", option);
        assertThat(calls("ask")).singleElement().asString().contains(option).doesNotContain("-XX:AOTCache");
    }

    /** The caches' files, of which that of most verbs is returned, beside a Java of that version. */
    private Path cacheFor(String version) throws Exception {
        Files.writeString(top.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        Files.createFile(top.resolve("native/target/sextant-run.aot"));
        return Files.createFile(top.resolve("native/target/sextant.aot")).toRealPath();
    }

    @Test
    void makesCachesOfOneAnswerWhateverIsConfigured() throws Exception {
        Path cache = cacheFor("25.0.1");
        variables.put("SEXTANT_MODEL_PATH", "/nowhere");
        variables.put("QUARKUS_HTTP_PORT", "80");
        scriptOfMaker("mkdir -p results; echo {} > results/sheep.json");
        List<String> calls = calls("aot-cache");
        assertThat(calls).hasSize(3).allMatch(call -> call.endsWith(" model=embedded port=any"));
        assertThat(calls.get(1)).contains("-XX:AOTCacheOutput=", " io.sextant.app.Main ask ");
        assertThat(calls.get(2)).contains("-XX:AOTCacheOutput=", " --add-opens=", " io.sextant.app.Main run ");
        for (Path made : List.of(cache, cache.resolveSibling("sextant-run.aot"))) {
            assertThat(made).hasContent("made\n");
            assertThat(Files.getPosixFilePermissions(made)).contains(PosixFilePermission.OTHERS_READ);
        }
        assertThat(namesBeside(cache)).containsExactlyInAnyOrderElementsOf(BUILT);
    }

    @Test
    void keepsTheEarlierCachesWhereRunAnswersNothing() throws Exception {
        Path cache = cacheFor("25.0.1");
        scriptOfMaker("echo no port");
        assertThat(exitCode("aot-cache")).isEqualTo(1);
        assertThat(output()).contains("no port", "aot-cache failed", "without a cache all works as well");
        assertThat(cache).isEmptyFile();
        assertThat(namesBeside(cache)).containsExactlyInAnyOrderElementsOf(BUILT);
    }

    /** A Java that makes every cache it is asked for. */
    private void scriptOfMaker(String run) throws Exception {
        script("jdk/bin/java", """
                echo "java $* model=${SEXTANT_MODEL_PATH:-embedded} port=${QUARKUS_HTTP_PORT:-any}" >> CALLS
                for word in "$@"; do
                    case $word in
                        -XX:AOTCacheOutput=*) echo made > "${word#*=}" ;;
                        run) RUN ;;
                    esac
                done""".replace("CALLS", top.resolve("calls").toString())
                .replace("RUN", run));
    }

    @Test
    void keepsTheEarlierCacheWhereMakingOneFails() throws Exception {
        Path cache = cacheFor("25.0.1");
        Files.writeString(cache, "earlier");
        script("jdk/bin/java", "echo no memory; exit 1");
        assertThat(exitCode("aot-cache")).isEqualTo(1);
        assertThat(output()).contains("no memory", "aot-cache failed", "without a cache all works as well");
        assertThat(cache).hasContent("earlier");
        assertThat(namesBeside(cache)).containsExactlyInAnyOrderElementsOf(BUILT);
    }

    private static List<String> namesBeside(Path cache) throws Exception {
        try (Stream<Path> files = Files.list(cache.getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void saysWhichJdkMakesACache() throws Exception {
        assertThat(exitCode("aot-cache")).isEqualTo(2);
        assertThat(output()).contains("aot-cache needs JDK 25 or newer", "is of 17", "JAVA_HOME");
    }

    @Test
    void saysWhereACacheCannotBeWritten() throws Exception {
        Path cache = cacheFor("25.0.1");
        script("bin/mktemp", "exit 1");
        assertThat(exitCode("aot-cache")).isEqualTo(2);
        assertThat(output()).contains("aot-cache cannot write " + cache, "a user who may");
    }

    @Test
    void saysThatTheFolderOfAnotherUserCannotHoldACache() throws Exception {
        Path cache = cacheFor("25.0.1");
        Files.writeString(cache, "of its owner");
        leaveTheFolderToItsOwner(cache.resolveSibling(""));
        assertThat(exitCode("aot-cache")).isEqualTo(2);
        assertThat(output())
                .isEqualTo("sextant: aot-cache cannot write " + cache
                        + "; call it as a user who may; without a cache all works as well\n");
        assertThat(cache).hasContent("of its owner");
        assertThat(namesBeside(cache)).containsExactlyInAnyOrderElementsOf(BUILT);
    }

    @Test
    void startsFromTheCacheInTheFolderOfAnotherUser() throws Exception {
        Path cache = cacheFor("25.0.1");
        leaveTheFolderToItsOwner(cache.resolveSibling(""));
        assertThat(calls("ask", "a.jpg")).singleElement().asString().contains(" -XX:AOTCache=" + cache);
    }

    /** Nobody may write there. Root, who may everywhere, is somebody else for the call. */
    private void leaveTheFolderToItsOwner(Path folder) throws Exception {
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        if (System.getProperty("user.name").equals("root")) {
            before.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
    }

    @AfterEach
    void letTheFolderBeDeleted() {
        assertThat(top.resolve("native/target").toFile().setWritable(true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ask a.jpg, '', true",
        "demo, '', true",
        "tasks, '', true",
        "ask -m x a.jpg, '', false",
        "ask --model=x a.jpg, '', false",
        "ask a.jpg --config x, '', false",
        "ask a.jpg, /models/vlm, false",
        "run, '', false"
    })
    void leavesTheSecondCompilerOutForTheEmbeddedModel(String commandLine, String model, boolean isLeftOut)
            throws Exception {
        variables.put("SEXTANT_MODEL_PATH", model);
        assertThat(calls(commandLine.split(" ")).get(0).contains(" -XX:TieredStopAtLevel=1 "))
                .isEqualTo(isLeftOut);
    }

    @Test
    void keepsTheSecondCompilerWhereSettingsLie() throws Exception {
        Files.createFile(top.resolve("application.properties"));
        assertThat(calls("ask", "a.jpg")).singleElement().asString().doesNotContain("TieredStopAtLevel");
    }

    @ParameterizedTest
    @CsvSource({"'', '', 20000", "passive, '', ''", "active, '', ''", "'', 5, 5", "passive, 7, 7"})
    void helpersOfOpenMpWaitActivelyForAMomentUnlessToldOtherwise(String policy, String spins, String expected)
            throws Exception {
        script("jdk/bin/java", "echo \"${OMP_WAIT_POLICY:-} ${GOMP_SPINCOUNT:-}\" >> calls");
        variables.put("OMP_WAIT_POLICY", policy);
        variables.put("GOMP_SPINCOUNT", spins);
        assertThat(calls("tasks")).containsExactly(policy + " " + expected);
    }
}
