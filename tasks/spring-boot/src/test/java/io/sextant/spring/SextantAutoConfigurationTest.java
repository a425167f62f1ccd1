package io.sextant.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.tasks.camel.SextantComponent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class SextantAutoConfigurationTest {
    private static final String PREFIX = SextantCustomizer.PREFIX + ".";

    /** A Spring application with nothing but Camel. */
    @EnableAutoConfiguration
    static class Application {
        @Bean
        ImageDecoder strict() {
            return new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);
        }
    }

    @Test
    void theComponentHasWhatSpringsEnvironmentSays() {
        try (ConfigurableApplicationContext spring =
                start("device=cpu", "model-path=/models/large", "maxSequences=8", "decoder=#strict")) {
            SextantComponent component = component(spring);

            assertThat(component.getDevice()).isEqualTo("cpu");
            assertThat(component.getModelPath()).isEqualTo("/models/large");
            assertThat(component.getMaxSequences()).isEqualTo(8);
            assertThat(component.getDecoder()).isSameAs(spring.getBean(ImageDecoder.class));
            assertThat(component.getPrecision()).isEqualTo("auto");
        }
    }

    @Test
    void aKeyThatIsNoneIsNamed() {
        try (ConfigurableApplicationContext spring = start("devise=cpu")) {
            CamelContext camel = spring.getBean(CamelContext.class);

            assertThatThrownBy(() -> camel.getComponent("sextant")).hasStackTraceContaining("devise");
        }
    }

    /** As every other property of Spring's: with the dashes of the key, or without. */
    @ParameterizedTest
    @ValueSource(strings = {"CAMEL_COMPONENT_SEXTANT_MODEL_PATH", "CAMEL_COMPONENT_SEXTANT_MODELPATH"})
    void anEnvironmentVariableIsAKey(String variable) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        variable,
                                        "/models/large",
                                        "CAMEL_COMPONENT_SEXTANT_WEIGHT_CACHE",
                                        "/cache",
                                        "CAMEL_COMPONENT_SEXTANT_WEIGHT_CACHE_SIZE",
                                        "3G")));
        try (ConfigurableApplicationContext spring =
                application().environment(environment).run()) {
            assertThat(component(spring).getModelPath()).isEqualTo("/models/large");
            assertThat(component(spring).getWeightCache()).isEqualTo("/cache");
            assertThat(component(spring).getWeightCacheSize()).isEqualTo("3G");
        }
    }

    /** In YAML these words are no texts unless they are quoted. */
    @Test
    void onAndOffOfYamlAreWords() throws IOException {
        String yaml =
                "camel.component.sextant:\n  trial: off\n  weight-cache: off\n  int8-copy: on\n  lazy-start-producer: on\n";
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(environment.getPropertySources()::addFirst);
        try (ConfigurableApplicationContext spring =
                application().environment(environment).run()) {
            SextantComponent component = component(spring);

            assertThat(component.getTrial()).isEqualTo("off");
            assertThat(component.getWeightCache()).isEqualTo("off");
            assertThat(component.getInt8Copy()).isEqualTo("on");
            assertThat(component.isLazyStartProducer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.sextant.enabled=true, cpu",
        "camel.component.sextant.enabled=false, auto",
        "camel.component.enabled=false, auto",
        "camel.component.sextant.customizer.enabled=false, auto",
        "camel.component.customizer.enabled=false, auto",
    })
    void isSwitchedOffAsCamelsOwnStartersAre(String property, String device) {
        try (ConfigurableApplicationContext spring =
                application().properties(property, PREFIX + "device=cpu").run()) {
            assertThat(component(spring).getDevice()).isEqualTo(device);
        }
    }

    @Test
    void metadataSayWhatCamelsCatalogueSays() throws IOException {
        Map<String, JsonNode> known = new TreeMap<>();
        for (JsonNode property : json("META-INF/spring-configuration-metadata.json", "sextant.queue-capacity")
                .get("properties")) {
            known.put(StringHelper.dashToCamelCase(property.get("name").asText().substring(PREFIX.length())), property);
        }
        Map<String, JsonNode> options = new HashMap<>();
        json("META-INF/io/sextant/tasks/camel/sextant.json", "\"component\"")
                .get("componentProperties")
                .fields()
                .forEachRemaining(option -> options.put(option.getKey(), option.getValue()));

        assertThat(known.remove("enabled")).isNotNull();
        assertThat(known.remove("customizer.enabled")).isNotNull();
        assertThat(known.keySet()).isEqualTo(new TreeMap<>(options).keySet());
        known.forEach((name, property) -> {
            JsonNode option = Objects.requireNonNull(options.get(name), name);
            assertThat(property.get("type")).as(name).isEqualTo(option.get("javaType"));
            assertThat(property.get("description")).as(name).isEqualTo(option.get("description"));
            assertThat(property.get("defaultValue")).as(name).isEqualTo(option.get("defaultValue"));
        });
    }

    private static ConfigurableApplicationContext start(String... options) {
        SpringApplicationBuilder builder = application();
        for (String option : options) {
            builder.properties(PREFIX + option);
        }
        return builder.run();
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
    }

    private static SextantComponent component(ConfigurableApplicationContext spring) {
        return spring.getBean(CamelContext.class).getComponent("sextant", SextantComponent.class);
    }

    /** Of the resources of this name the one that holds a text: other libraries have some too. */
    private static JsonNode json(String resource, String text) throws IOException {
        for (URL url : Collections.list(SextantComponent.class.getClassLoader().getResources(resource))) {
            try (InputStream in = url.openStream()) {
                JsonNode json = new JsonMapper().readTree(in);
                if (json.toString().contains(text)) {
                    return json;
                }
            }
        }
        throw new AssertionError("No " + resource + " holds " + text);
    }
}
