package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code sextant}, with a Java and a Maven that only note how they were called. */
final class LauncherTest {
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
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** The programs that were started. */
    private List<String> calls(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(top.resolve("sextant").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(top.toFile())
                .redirectErrorStream(true)
                .redirectOutput(top.resolve("output").toFile());
        builder.environment().put("JAVA_HOME", top.resolve("jdk").toString());
        builder.environment().put("PATH", top.resolve("bin") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(top.resolve("output")))
                .isZero();
        return Files.readAllLines(top.resolve("calls"));
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
}
