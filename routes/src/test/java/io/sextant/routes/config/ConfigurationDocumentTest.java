package io.sextant.routes.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents tell the keys and defaults there are. */
class ConfigurationDocumentTest {
    private static final Path DOCS = Path.of(System.getProperty("sextant.top", ".."), "docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(sextant\\.[^`]+)` \\| ([^|]+) \\|");

    @Test
    void listsEveryKeyWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher matcher = ROW.matcher(Files.readString(DOCS.resolve("configuration.md")));
        while (matcher.find()) {
            String key = matcher.group(1).replace("\"name\"", "*").replace("[n]", "[*]");
            documented.put(key, matcher.group(2).strip().replace("`", ""));
        }

        assertThat(documented.keySet()).isEqualTo(new TreeSet<>(KnownKeys.KEYS));
        Map<String, String> defaults = new HashMap<>();
        collect("sextant.model", ModelConfig.class, defaults);
        collect("sextant.image", ImageConfig.class, defaults);
        collect("sextant.generation", GenerationConfig.class, defaults);
        collect("sextant.log", LogConfig.class, defaults);
        collect("sextant.http", HttpConfig.class, defaults);
        collect("sextant.http.references", HttpConfig.ReferencesConfig.class, defaults);
        collect("sextant.pipelines.*", PipelinesConfig.PipelineConfig.class, defaults);
        assertThat(defaults).hasSizeGreaterThan(20);
        assertThat(documented).containsAllEntriesOf(defaults);
    }

    @Test
    void givesVariablesThatMeanWhatItSaysTheyMean() throws IOException {
        String text = Files.readString(DOCS.resolve("configuration.md"));
        Map<String, String> variables = new HashMap<>();
        block(text, "sh").lines().forEach(line -> {
            int equals = line.indexOf('=');
            variables.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
        });
        String behind = text.substring(text.indexOf("```sh"));

        SextantSettings settings =
                SettingsReader.withSources(List.of(new EnvConfigSource(variables, EnvConfigSource.ORDINAL)));

        assertThat(settings)
                .isEqualTo(SettingsReader.withSources(
                        List.of(new PropertiesConfigSource(properties(block(behind, "properties")), "docs", 100))));
        assertThat(settings.pipelines()).hasSize(1);
        assertThat(settings.tasks()).hasSize(1);
        assertThat(settings.taskRegistry().task("day-light")).isNotNull();
    }

    @Test
    void givesAProfileThatMeansWhatItSays() throws IOException {
        String text = Files.readString(DOCS.resolve("configuration.md"));
        String behind = text.substring(text.indexOf("QUARKUS_PROFILE=dev"));
        PropertiesConfigSource file = new PropertiesConfigSource(properties(block(behind, "properties")), "docs", 100);

        assertThat(SettingsReader.withSources(List.of(file)).model().folder()).isEqualTo(Path.of("/models/minigptv2"));
        SextantSettings dev = SettingsReader.withSources(
                List.of(file, new EnvConfigSource(Map.of("QUARKUS_PROFILE", "dev"), EnvConfigSource.ORDINAL)));
        assertThat(dev.model().folder()).isEqualTo(Path.of("models/small"));
        assertThat(dev.imageLimits().maxSide()).isEqualTo(4096);
    }

    private static String block(String text, String language) {
        int start = text.indexOf("```" + language + "\n") + 4 + language.length();
        return text.substring(start, text.indexOf("```", start));
    }

    private static Map<String, String> properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    @Test
    void givesAPipelineExampleThatCanBeRead() throws IOException {
        String text = Files.readString(DOCS.resolve("pipelines.md"));
        Properties example = new Properties();
        example.load(new StringReader(text.substring(
                text.indexOf("```properties") + 13, text.indexOf("```", text.indexOf("```properties") + 13))));
        Map<String, String> values = new HashMap<>();
        example.stringPropertyNames().forEach(key -> values.put(key, example.getProperty(key)));

        SextantSettings settings = SettingsReader.withSources(List.of(new PropertiesConfigSource(values, "docs", 100)));

        assertThat(settings.pipelines()).hasSize(1);
        assertThat(settings.pipelines().get(0).steps())
                .extracting(StepSettings::name)
                .containsExactly("caption", "boats", "identify");
    }

    private static void collect(String prefix, Class<?> type, Map<String, String> defaults) {
        for (Method method : type.getDeclaredMethods()) {
            WithDefault value = method.getAnnotation(WithDefault.class);
            if (value != null) {
                defaults.put(
                        prefix + "."
                                + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
                        value.value());
            }
        }
    }
}
