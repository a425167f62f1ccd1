package io.sextant.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What one module tells the builder of native executables, as one line a setting: {@code jni type.member}, {@code reflection
 * type.member}, {@code resource pattern}, {@code no resource pattern}, {@code run-time package}.
 */
final class NativeSettings {
    static final List<String> MODULES = List.of("core", "tasks", "connectors", "routes", "native");

    private static final String RUN_TIME = "--initialize-at-run-time=";
    private static final Pattern REASON = Pattern.compile("(?ms)^- (`.*?)(?=^- |^#|\\z)");
    private static final Pattern CODE = Pattern.compile("`((?:jni|reflection|resource|no resource|run-time) [^`]+)`");
    private static final List<String> WHOLE_MEMBERS =
            List.of("allDeclaredConstructors", "allDeclaredFields", "allDeclaredMethods");

    private final Path folder;

    private NativeSettings(Path folder) {
        this.folder = folder;
    }

    static NativeSettings of(String module) {
        return new NativeSettings(sources(module).resolve(inJar(module)));
    }

    /** Where the module's resources lie in the sources. */
    static Path sources(String module) {
        return Path.of(System.getProperty("sextant.top"), module, "src/main/resources");
    }

    /** Where all its resources lie, those that the build makes too. */
    static List<Path> resourceFolders(String module) {
        Path generated = Path.of(System.getProperty("sextant.top"), module, "src/generated/resources");
        return Files.isDirectory(generated) ? List.of(sources(module), generated) : List.of(sources(module));
    }

    /** Where its classes lie. */
    static Path classes(String module) {
        return Path.of(System.getProperty("sextant.top"), module, "target/classes");
    }

    /** Where its settings lie in its jar. */
    static String inJar(String module) {
        return "META-INF/native-image/io.sextant/sextant-" + module;
    }

    /** The settings' texts by file name, the explanation left out. */
    Map<String, String> files() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("README.md"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), NativeSettings::text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> all() {
        Set<String> settings = new TreeSet<>();
        settings.addAll(members("jni", "jni-config.json"));
        settings.addAll(members("reflection", "reflect-config.json"));
        includedResources().forEach(pattern -> settings.add("resource " + pattern));
        patterns("/resources/excludes").forEach(pattern -> settings.add("no resource " + pattern));
        initialisedAtRunTime().forEach(name -> settings.add("run-time " + name));
        return settings;
    }

    /** {@code type.member} of all that JNI or reflection may look for. */
    Set<String> lookedUp() {
        Set<String> members = members("", "jni-config.json");
        members.addAll(members("", "reflect-config.json"));
        return members;
    }

    /** The type of a looked-up member. */
    static String typeOf(String member) {
        String name = member.replaceFirst("\\(.*", "");
        int whole = name.indexOf(' ');
        return name.substring(0, whole < 0 ? name.lastIndexOf('.') : whole);
    }

    Set<String> includedResources() {
        return patterns("/resources/includes");
    }

    Set<String> initialisedAtRunTime() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(files().getOrDefault("native-image.properties", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String args = properties.getProperty("Args", RUN_TIME);
        if (!args.startsWith(RUN_TIME)) {
            throw new AssertionError("an argument this test does not know: " + args);
        }
        return Set.of(args.substring(RUN_TIME.length()).split(",")).stream()
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The settings that README.md gives a reason for. */
    Set<String> explained() {
        Set<String> settings = new TreeSet<>();
        Matcher reasons = REASON.matcher(text(folder.resolve("README.md")));
        while (reasons.find()) {
            String line = reasons.group(1).strip();
            if (line.replaceAll("\\s+", " ").matches("(`[^`]+`,? ?)+: .*")) {
                CODE.matcher(line).results().forEach(code -> settings.add(code.group(1)));
            }
        }
        return settings;
    }

    private Set<String> members(String kind, String file) {
        Set<String> members = new TreeSet<>();
        for (JsonNode type : json(file)) {
            String start = (kind + " " + type.get("name").asText()).strip();
            type.path("fields")
                    .forEach(
                            field -> members.add(start + "." + field.get("name").asText()));
            type.path("methods").forEach(method -> members.add(start + "." + signature(method)));
            WHOLE_MEMBERS.stream().filter(type::has).forEach(whole -> members.add(start + " " + whole));
        }
        return members;
    }

    private static String signature(JsonNode method) {
        return StreamSupport.stream(method.get("parameterTypes").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(",", method.get("name").asText() + "(", ")"));
    }

    private Set<String> patterns(String pointer) {
        Set<String> patterns = new TreeSet<>();
        json("resource-config.json")
                .at(pointer)
                .forEach(entry -> patterns.add(entry.get("pattern").asText()));
        return patterns;
    }

    private JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(files().getOrDefault(file, "[]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
