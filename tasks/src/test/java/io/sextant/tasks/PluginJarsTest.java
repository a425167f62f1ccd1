package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.tasks.spi.TaskFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarsTest {
    private static final String FACTORY = "com.example.EchoFactory";
    private static final String ECHO = """
            package com.example;
            public class EchoFactory implements io.sextant.tasks.spi.TaskFactory {
                public String name() { return "NAME"; }
                public io.sextant.tasks.spi.VisionTask create(io.sextant.tasks.spi.TaskSettings settings) {
                    BODY
                }
            }
            """;
    private static final String WORKING =
            "return io.sextant.tasks.declared.DeclaredTask.of(\"NAME\", \"say {prompt}\").toTask();";

    @TempDir
    private Path folder;

    @Test
    void findsAPluginInAJarBesideTheBuiltInTasks() throws IOException {
        Path jar = jar("echo.jar", FACTORY, echo("echo", WORKING));

        TaskRegistry registry = discover(List.of(jar));

        assertThat(registry.task("echo").descriptor().name()).isEqualTo("echo");
        assertThat(registry.task("caption").descriptor().name()).isEqualTo("caption");
    }

    @Test
    void takesEveryJarOfAFolder() throws IOException {
        jar("echo.jar", FACTORY, echo("echo", WORKING));
        Files.writeString(folder.resolve("readme.txt"), "no jar");

        assertThat(discover(List.of(folder)).task("echo").descriptor().name()).isEqualTo("echo");
    }

    @Test
    void refusesAPathThatDoesNotExist() {
        assertRefused(List.of(folder.resolve("missing")), "sextant.plugins.path", "missing", "working directory");
    }

    @Test
    void refusesAFileThatIsNoJar() throws IOException {
        Path file = Files.writeString(folder.resolve("words.jar"), "these are words");

        assertRefused(List.of(file), "words.jar", "cannot be read as a jar");
    }

    @Test
    void leavesOutWhatAServiceFileNamesAndNoJarHas() throws IOException {
        assertLeftOut(jar("echo.jar", "com.example.Missing", ""), "com.example.Missing", "not found");
    }

    @Test
    void leavesOutAClassThatIsNoFactory() throws IOException {
        Path jar = jar("echo.jar", FACTORY, "package com.example; public class EchoFactory {}");

        assertLeftOut(jar, FACTORY, "not a subtype");
    }

    @Test
    void leavesOutAFactoryBuiltAgainstAnotherApi() throws IOException {
        String body = "throw new NoSuchMethodError(\"TaskSettings.old()\");";

        assertLeftOut(jar("echo.jar", FACTORY, echo("echo", body)), FACTORY, "TaskSettings.old()");
    }

    @Test
    void refusesAPluginInTwoJarsAndNamesBoth() throws IOException {
        String source = echo("echo", WORKING);

        assertRefused(List.of(jar("old.jar", FACTORY, source), jar("new.jar", FACTORY, source)), "old.jar", "new.jar");
    }

    @Test
    void refusesAPluginTheApplicationHas() throws IOException {
        Path jar = jar("echo.jar", ShoutTaskFactory.class.getName(), "");

        assertRefused(List.of(jar), "echo.jar", ShoutTaskFactory.class.getName(), "in the application");
    }

    @Test
    void leavesOutATaskWhoseNameTheApplicationHas() throws IOException {
        Path jar = jar("echo.jar", FACTORY, echo("caption", WORKING));

        assertLeftOut(jar, "Two tasks are called \"caption\"");
    }

    @Test
    void leavesOutAFactoryThatThrowsInItsConstructor() throws IOException {
        assertLeftOut(
                jar(
                        "echo.jar",
                        FACTORY,
                        echo("echo", WORKING)
                                .replace(
                                        "public String name() {",
                                        "{ if (true) throw new IllegalStateException(\"not today\"); } public String name() {")),
                FACTORY,
                "not today");
    }

    @Test
    void namesAJarThatBringsAnotherVersionOfALibraryAndGoesOnWithTheFirst() throws IOException {
        String words = "class Words { static String VERSION() { return \"say \"; } }";
        String plugin = WORKING.replace("\"say ", "Words.VERSION() + \"");
        Path first = jar(
                "a-first.jar",
                FACTORY,
                echo("echo", plugin.replace("VERSION", "one")) + words.replace("VERSION", "one"));
        Path second = jar(
                "b-second.jar",
                "com.example.OtherFactory",
                (echo("other", plugin.replace("VERSION", "two")) + words.replace("VERSION", "two"))
                        .replace("EchoFactory", "OtherFactory"));
        try (CapturedLog log = CapturedLog.of(PluginJars.class)) {
            TaskRegistry registry = discover(List.of(first, second));

            assertThat(registry.find("echo")).isPresent();
            assertThat(registry.find("other")).isEmpty();
            assertThat(registry.leftOut())
                    .singleElement()
                    .asString()
                    .contains("b-second.jar", "NoSuchMethodError", "Words.two");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("a-first.jar and ", "b-second.jar have different classes of one name, com.example.Words");
        }
    }

    @Test
    void saysNothingOfALibraryThatIsThereTwiceInOneVersion() throws IOException {
        Path first = jar("a-first.jar", FACTORY, echo("echo", WORKING));
        Path second = Files.copy(first, folder.resolve("b-second.jar"));

        assertThat(DoubledClasses.told(List.of(first, second))).isEmpty();
    }

    /** Named with its jar, and the others go on. */
    private static void assertLeftOut(Path jar, String... words) {
        TaskRegistry registry = discover(List.of(jar));

        assertThat(registry.task("caption").descriptor().name()).isEqualTo("caption");
        assertThat(registry.leftOut())
                .singleElement()
                .asString()
                .contains(jar.getFileName().toString())
                .contains(words);
    }

    private static void assertRefused(List<Path> path, String... words) {
        assertThatThrownBy(() -> discover(path))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(words);
    }

    private static TaskRegistry discover(List<Path> path) {
        ClassLoader loader = PluginJars.open(path, PluginJarsTest.class.getClassLoader());
        return TaskRegistries.discover(Map.of(), List.of(), loader);
    }

    private static String echo(String name, String body) {
        return ECHO.replace("BODY", body).replace("NAME", name);
    }

    /** A jar with a service file, and with what a source compiles to if there is one. */
    private Path jar(String name, String factory, String source) throws IOException {
        Path jar = folder.resolve(name);
        List<Path> classes = source.isEmpty() ? List.of() : compile(folder.resolve(name + ".classes"), source);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + TaskFactory.class.getName()));
            out.write((factory + " # a plugin\n").getBytes(StandardCharsets.UTF_8));
            for (Path type : classes) {
                out.putNextEntry(new JarEntry("com/example/" + type.getFileName()));
                out.write(Files.readAllBytes(type));
            }
        }
        return jar;
    }

    private static List<Path> compile(Path target, String source) throws IOException {
        Path file = Files.createDirectories(target)
                .resolve(source.contains("OtherFactory") ? "OtherFactory.java" : "EchoFactory.java");
        Files.writeString(file, source);
        List<String> arguments = new ArrayList<>(List.of(
                "-d", target.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"), file.toString()));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(result).isZero();
        try (Stream<Path> compiled = Files.list(target.resolve("com/example"))) {
            return compiled.toList();
        }
    }
}
