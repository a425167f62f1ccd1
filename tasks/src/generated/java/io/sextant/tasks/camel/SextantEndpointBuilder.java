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

    /** Whether images come as text, in Base64 or data URIs, also where the text is bytes or a stream. */
    public SextantEndpointBuilder base64(boolean value) {
        doSetProperty("base64", value);
        return this;
    }

    /** Whether images come as text, in Base64 or data URIs, also where the text is bytes or a stream. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder base64(String value) {
        doSetProperty("base64", value);
        return this;
    }

    /** The box asked about, xMin,yMin,xMax,yMax in pixels of the upright image; the header SextantBox overrides it. */
    public SextantEndpointBuilder box(String value) {
        doSetProperty("box", value);
        return this;
    }

    /** What reads images; by default the component's. */
    public SextantEndpointBuilder decoder(io.sextant.core.image.ImageDecoder value) {
        doSetProperty("decoder", value);
        return this;
    }

    /** What reads images; by default the component's. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder decoder(String value) {
        doSetProperty("decoder", value);
        return this;
    }

    /** Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled during routing messages via Camel's routing error handlers. Beware that when the first message is processed then creating and starting the producer may take a little time and prolong the total processing time of the processing. */
    public SextantEndpointBuilder lazyStartProducer(boolean value) {
        doSetProperty("lazyStartProducer", value);
        return this;
    }

    /** Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled during routing messages via Camel's routing error handlers. Beware that when the first message is processed then creating and starting the producer may take a little time and prolong the total processing time of the processing. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder lazyStartProducer(String value) {
        doSetProperty("lazyStartProducer", value);
        return this;
    }

    /** Longest answer in tokens; the header SextantMaxNewTokens overrides it. */
    public SextantEndpointBuilder maxNewTokens(int value) {
        doSetProperty("maxNewTokens", value);
        return this;
    }

    /** Longest answer in tokens; the header SextantMaxNewTokens overrides it. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder maxNewTokens(String value) {
        doSetProperty("maxNewTokens", value);
        return this;
    }

    /** The model that answers: a bean as #name (SextantModel, VisionLanguageModel or TaskRunner), or the path of a model folder; by default the component's. */
    public SextantEndpointBuilder model(Object value) {
        doSetProperty("model", value);
        return this;
    }

    /** The model that answers: a bean as #name (SextantModel, VisionLanguageModel or TaskRunner), or the path of a model folder; by default the component's. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder model(String value) {
        doSetProperty("model", value);
        return this;
    }

    /** What is left in the body: the result document as JSON text, the TaskOutcome object, the document as a map, the text the model wrote, or the image with the answer drawn on it as PNG. */
    public SextantEndpointBuilder output(io.sextant.tasks.camel.TaskOutput value) {
        doSetProperty("output", value);
        return this;
    }

    /** What is left in the body: the result document as JSON text, the TaskOutcome object, the document as a map, the text the model wrote, or the image with the answer drawn on it as PNG. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder output(String value) {
        doSetProperty("output", value);
        return this;
    }

    /** The user's words; the header SextantPrompt overrides them. */
    public SextantEndpointBuilder prompt(String value) {
        doSetProperty("prompt", value);
        return this;
    }

    /** Over 1 discourages words already written; 1 does nothing. */
    public SextantEndpointBuilder repetitionPenalty(double value) {
        doSetProperty("repetitionPenalty", value);
        return this;
    }

    /** Over 1 discourages words already written; 1 does nothing. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder repetitionPenalty(String value) {
        doSetProperty("repetitionPenalty", value);
        return this;
    }

    /** What answers; by default the component's. */
    public SextantEndpointBuilder runner(io.sextant.tasks.TaskRunner value) {
        doSetProperty("runner", value);
        return this;
    }

    /** What answers; by default the component's. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder runner(String value) {
        doSetProperty("runner", value);
        return this;
    }

    /** With a temperature: the same seed gives the same answer. */
    public SextantEndpointBuilder seed(long value) {
        doSetProperty("seed", value);
        return this;
    }

    /** With a temperature: the same seed gives the same answer. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder seed(String value) {
        doSetProperty("seed", value);
        return this;
    }

    /** How to answer in full, in place of maxNewTokens, repetitionPenalty, temperature, topK, topP and seed. */
    public SextantEndpointBuilder settings(io.sextant.core.GenerationSettings value) {
        doSetProperty("settings", value);
        return this;
    }

    /** How to answer in full, in place of maxNewTokens, repetitionPenalty, temperature, topK, topP and seed. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder settings(String value) {
        doSetProperty("settings", value);
        return this;
    }

    /** 0 always takes the most probable word; above 0 chooses at random, the higher the freer. */
    public SextantEndpointBuilder temperature(double value) {
        doSetProperty("temperature", value);
        return this;
    }

    /** 0 always takes the most probable word; above 0 chooses at random, the higher the freer. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder temperature(String value) {
        doSetProperty("temperature", value);
        return this;
    }

    /** Whether the result document says how long the answer took. */
    public SextantEndpointBuilder timings(boolean value) {
        doSetProperty("timings", value);
        return this;
    }

    /** Whether the result document says how long the answer took. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder timings(String value) {
        doSetProperty("timings", value);
        return this;
    }

    /** With a temperature: choose among this many most probable tokens; 0 is all. */
    public SextantEndpointBuilder topK(int value) {
        doSetProperty("topK", value);
        return this;
    }

    /** With a temperature: choose among this many most probable tokens; 0 is all. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder topK(String value) {
        doSetProperty("topK", value);
        return this;
    }

    /** With a temperature: choose among the most probable tokens that together reach this probability. */
    public SextantEndpointBuilder topP(double value) {
        doSetProperty("topP", value);
        return this;
    }

    /** With a temperature: choose among the most probable tokens that together reach this probability. As text: a value, {@code #name} or a placeholder. */
    public SextantEndpointBuilder topP(String value) {
        doSetProperty("topP", value);
        return this;
    }
}
