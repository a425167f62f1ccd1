package io.sextant.tasks.camel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Writes the component's endpoint builder from its catalogue, as Camel's own tool does for the components of its own tree alone. */
final class EndpointDsl {
    private static final String TYPE = "SextantEndpointBuilder";
    private static final String HEAD = """
            package io.sextant.tasks.camel;

            import org.apache.camel.builder.EndpointProducerBuilder;
            import org.apache.camel.builder.endpoint.AbstractEndpointBuilder;

            /**
             * Endpoints of the component in Java, {@code to(sextant("caption").model("#large"))}: imported as a static method it suits every {@code
             * RouteBuilder}. Needs {@code camel-endpointdsl}. Written from the component's catalogue by a test; not to be edited. Not thread-safe.
             *
             * @since 0.1
             */
            public final class SextantEndpointBuilder extends AbstractEndpointBuilder implements EndpointProducerBuilder {
                private SextantEndpointBuilder(String component, String task) {
                    super(component, task);
                }

                /**
                 * An endpoint of the component {@code sextant}.
                 *
                 * @param task the name of the task
                 */
                public static SextantEndpointBuilder sextant(String task) {
                    return sextant("sextant", task);
                }

                /**
                 * An endpoint of a component with another name.
                 *
                 * @param component the name under which it is bound
                 * @param task the name of the task
                 */
                public static SextantEndpointBuilder sextant(String component, String task) {
                    return new SextantEndpointBuilder(component, task);
                }
            """;

    private EndpointDsl() {}

    /** @param catalogue the component's, as Camel's tool writes it */
    static String source(JsonNode catalogue) {
        StringBuilder source = new StringBuilder(HEAD);
        Map<String, JsonNode> options = new TreeMap<>();
        catalogue.get("properties").properties().forEach(option -> options.put(option.getKey(), option.getValue()));
        options.values().removeIf(option -> option.get("kind").asText().equals("path"));
        options.forEach((name, option) -> {
            String description = sentence(option.get("description").asText());
            String type = option.get("javaType").asText().replace("java.lang.", "");
            append(source, name, description, type);
            if (!type.equals("String")) {
                append(source, name, description + " As text: a value, {@code #name} or a placeholder.", "String");
            }
        });
        return source.append("}\n").toString();
    }

    private static String sentence(String description) {
        return description.endsWith(".") ? description : description + ".";
    }

    private static void append(StringBuilder source, String name, String description, String type) {
        source.append("\n    /** ").append(description).append(" */\n");
        source.append("    public %s %s(%s value) {\n".formatted(TYPE, name, type));
        source.append("        doSetProperty(\"%s\", value);\n        return this;\n    }\n".formatted(name));
    }
}
