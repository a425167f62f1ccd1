package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Camel's tool generated is kept under version control; these tests fail where it no longer fits the code. */
class CamelMetadataTest {
    private static final String AGAIN = "generate it again: mvn process-classes -pl tasks -am -Pcamel-metadata";

    @Test
    void knowsEveryOptionOfTheEndpoint() throws IOException {
        List<String> setters = setters(SextantEndpoint.class);

        assertThat(keys(metadata().get("properties"))).as(AGAIN).containsExactlyInAnyOrderElementsOf(setters);
        assertThat(setters)
                .allSatisfy(name -> assertThat(new SextantEndpointConfigurer().getOptionType(name, false) != null
                                || name.equals("task"))
                        .as(name + ": " + AGAIN)
                        .isTrue());
    }

    @Test
    void knowsEveryOptionOfTheComponent() throws IOException {
        assertThat(keys(metadata().get("componentProperties"))).as(AGAIN).containsAll(setters(SextantComponent.class));
    }

    @Test
    void knowsEveryHeader() throws Exception {
        List<String> headers = new ArrayList<>();
        for (Field field : SextantHeaders.class.getFields()) {
            if (!field.getName().endsWith("_PROPERTY")) {
                headers.add((String) field.get(null));
            }
        }

        assertThat(keys(metadata().get("headers"))).as(AGAIN).containsExactlyInAnyOrderElementsOf(headers);
    }

    private static List<String> setters(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .toList();
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        keys.remove("lazyStartProducer");
        return keys;
    }

    private static JsonNode metadata() throws IOException {
        String resource = "META-INF/io/sextant/tasks/camel/sextant.json";
        try (InputStream in = SextantComponent.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new JsonMapper().readTree(in);
        }
    }
}
