package io.sextant.tasks.camel;

import io.sextant.core.Decoding;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.SextantException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.tasks.TaskRunner;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Ask a vision-language model inside the JVM about the image in the message. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "sextant",
        title = "Sextant",
        syntax = "sextant:task",
        producerOnly = true,
        remote = false,
        category = {Category.AI},
        headersClass = SextantHeaders.class)
public class SextantEndpoint extends DefaultEndpoint {
    @UriPath(description = "The name of the task, for instance detection; the header SextantTask overrides it")
    @Metadata(required = true)
    private String task;

    @UriParam(description = "The user's words; the header SextantPrompt overrides them")
    private String prompt = "";

    @UriParam(
            description =
                    "The box asked about, xMin,yMin,xMax,yMax in pixels of the upright image; the header SextantBox overrides it")
    private @Nullable String box;

    @UriParam(
            defaultValue = "JSON",
            description =
                    "What is left in the body: the result document as JSON text, the TaskOutcome object, the document as a map, the text the model wrote, or the image with the answer drawn on it as PNG")
    private TaskOutput output = TaskOutput.JSON;

    @UriParam(defaultValue = "true", description = "Whether the result document says how long the answer took")
    private boolean timings = true;

    @UriParam(
            defaultValue = "false",
            description =
                    "Whether images come as text, in Base64 or data URIs, also where the text is bytes or a stream")
    private boolean base64 = false;

    @UriParam(
            javaType = "java.lang.Object",
            description =
                    "The model that answers: a bean as #name (SextantModel, VisionLanguageModel or TaskRunner), or the path of a model folder; by default the component's")
    private @Nullable Object model;

    @UriParam(
            defaultValue = "500",
            description = "Longest answer in tokens; the header SextantMaxNewTokens overrides it")
    private int maxNewTokens = 500;

    @UriParam(
            label = "advanced",
            defaultValue = "1",
            description = "Over 1 discourages words already written; 1 does nothing")
    private double repetitionPenalty = 1;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "0 always takes the most probable word; above 0 chooses at random, the higher the freer")
    private double temperature = 0;

    @UriParam(
            label = "advanced",
            defaultValue = "50",
            description = "With a temperature: choose among this many most probable tokens; 0 is all")
    private int topK = 50;

    @UriParam(
            label = "advanced",
            defaultValue = "0.9",
            description =
                    "With a temperature: choose among the most probable tokens that together reach this probability")
    private double topP = 0.9;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "With a temperature: the same seed gives the same answer")
    private long seed = 0;

    @UriParam(
            label = "advanced",
            description =
                    "How to answer in full, in place of maxNewTokens, repetitionPenalty, temperature, topK, topP and seed")
    private @Nullable GenerationSettings settings;

    @UriParam(label = "advanced", description = "What answers; by default the component's")
    private @Nullable TaskRunner runner;

    @UriParam(label = "advanced", description = "What reads images; by default the component's")
    private @Nullable ImageDecoder decoder;

    /**
     * @param uri as the route says
     * @param component the owner
     * @param task the task's name
     */
    public SextantEndpoint(String uri, SextantComponent component, String task) {
        super(uri, component);
        this.task = task;
    }

    /**
     * Opens the model that answers, where no other route has yet.
     *
     * @throws ConfigurationException if the model cannot be opened, there is no task of this name, or an option is out of range
     */
    @Override
    public Producer createProducer() {
        TaskRunner taskRunner;
        try {
            taskRunner = findRunner();
            taskRunner.registry().task(task);
        } catch (SextantException e) {
            throw new ConfigurationException("Endpoint " + getEndpointUri() + ": " + e.getMessage(), e);
        }
        return new SextantProducer(this, new TaskProcessor(taskRunner, findDecoder(), step()));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "sextant:" + task + " answers messages and sends none of its own; use it in to(…), not in from(…).");
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        SextantModels.stopped(this);
    }

    private TaskStep step() {
        try {
            return new TaskStep(
                    task,
                    prompt,
                    box == null ? null : MessageReader.box(box),
                    generationSettings(),
                    output,
                    timings,
                    base64);
        } catch (SextantException | IllegalArgumentException e) {
            throw new ConfigurationException("Endpoint " + getEndpointUri() + ": " + e.getMessage(), e);
        }
    }

    private GenerationSettings generationSettings() {
        if (settings != null) {
            return settings;
        }
        Decoding decoding =
                temperature == 0 ? new Decoding.Greedy() : new Decoding.Sampling(temperature, topK, topP, seed);
        return GenerationSettings.DEFAULT
                .withDecoding(decoding)
                .withMaxNewTokens(maxNewTokens)
                .withRepetitionPenalty(repetitionPenalty);
    }

    private TaskRunner findRunner() {
        if (runner != null) {
            return runner;
        }
        if (model != null && !isBlank(model)) {
            return runnerOf(model);
        }
        TaskRunner shared = sextant().getRunner();
        TaskRunner bound = shared != null ? shared : only(TaskRunner.class, "runner");
        if (bound != null) {
            return bound;
        }
        VisionLanguageModel opened = only(VisionLanguageModel.class, "model");
        return opened != null
                ? models().runner(opened)
                : models().runner(sextant().modelOptions(), this);
    }

    /** As a placeholder with an empty default leaves it. */
    private static boolean isBlank(Object given) {
        return given instanceof String text && text.isBlank();
    }

    private TaskRunner runnerOf(Object given) {
        if (given instanceof TaskRunner taskRunner) {
            return taskRunner;
        }
        if (given instanceof VisionLanguageModel opened) {
            return models().runner(opened);
        }
        if (given instanceof SextantModel named) {
            return models().runner(named.options(), this);
        }
        if (given instanceof String path && !path.startsWith("#")) {
            return models().runner(sextant().modelOptions().withPath(path), this);
        }
        throw new ConfigurationException("model="
                + (given instanceof String name ? name : "a " + given.getClass().getName())
                + " is no model; bind an io.sextant.tasks.camel.SextantModel, and name it with model=#name.");
    }

    /** The one bean of a type, null where there is none. */
    private <T> @Nullable T only(Class<T> type, String option) {
        Map<String, T> beans = getCamelContext().getRegistry().findByTypeWithName(type);
        if (beans.size() > 1) {
            throw new ConfigurationException("the Camel registry holds several " + type.getName() + ", "
                    + new TreeSet<>(beans.keySet()) + "; name one with " + option + "=#name.");
        }
        return beans.isEmpty() ? null : beans.values().iterator().next();
    }

    private SextantModels models() {
        return SextantModels.of(getCamelContext());
    }

    private ImageDecoder findDecoder() {
        if (decoder != null) {
            return decoder;
        }
        ImageDecoder shared = sextant().getDecoder();
        ImageDecoder found =
                shared != null ? shared : CamelContextHelper.findSingleByType(getCamelContext(), ImageDecoder.class);
        return found != null ? found : new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);
    }

    private SextantComponent sextant() {
        return (SextantComponent) getComponent();
    }

    /** The name of the task. */
    public String getTask() {
        return task;
    }

    /** The name of the task; the header SextantTask overrides it. */
    public void setTask(String task) {
        this.task = task;
    }

    /** The user's words. */
    public String getPrompt() {
        return prompt;
    }

    /** The user's words; the header SextantPrompt overrides them. */
    public void setPrompt(String prompt) {
        this.prompt = prompt;
    }

    /** The box asked about, xMin,yMin,xMax,yMax in pixels of the upright image. */
    public @Nullable String getBox() {
        return box;
    }

    /** The box asked about, xMin,yMin,xMax,yMax in pixels of the upright image; the header SextantBox overrides it. */
    public void setBox(@Nullable String box) {
        this.box = box;
    }

    /** What is left in the body. */
    public TaskOutput getOutput() {
        return output;
    }

    /** What is left in the body. */
    public void setOutput(TaskOutput output) {
        this.output = output;
    }

    /** Whether images come as text, in Base64 or data URIs. */
    public boolean isBase64() {
        return base64;
    }

    /** Whether images come as text, in Base64 or data URIs, also where the text is bytes or a stream. */
    public void setBase64(boolean base64) {
        this.base64 = base64;
    }

    /** The model that answers. */
    public @Nullable Object getModel() {
        return model;
    }

    /** The model that answers: a SextantModel, VisionLanguageModel or TaskRunner, or the path of a model folder. */
    public void setModel(@Nullable Object model) {
        this.model = model;
    }

    /** Whether the result document says how long the answer took. */
    public boolean isTimings() {
        return timings;
    }

    /** Whether the result document says how long the answer took. */
    public void setTimings(boolean timings) {
        this.timings = timings;
    }

    /** Longest answer in tokens. */
    public int getMaxNewTokens() {
        return maxNewTokens;
    }

    /** Longest answer in tokens; the header SextantMaxNewTokens overrides it. */
    public void setMaxNewTokens(int maxNewTokens) {
        this.maxNewTokens = maxNewTokens;
    }

    /** Over 1 discourages words already written. */
    public double getRepetitionPenalty() {
        return repetitionPenalty;
    }

    /** Over 1 discourages words already written; 1 does nothing. */
    public void setRepetitionPenalty(double repetitionPenalty) {
        this.repetitionPenalty = repetitionPenalty;
    }

    /** 0 always takes the most probable word. */
    public double getTemperature() {
        return temperature;
    }

    /** 0 always takes the most probable word; above 0 chooses at random, the higher the freer. */
    public void setTemperature(double temperature) {
        this.temperature = temperature;
    }

    /** With a temperature: choose among this many most probable tokens. */
    public int getTopK() {
        return topK;
    }

    /** With a temperature: choose among this many most probable tokens; 0 is all. */
    public void setTopK(int topK) {
        this.topK = topK;
    }

    /** With a temperature: choose among the most probable tokens that together reach this probability. */
    public double getTopP() {
        return topP;
    }

    /** With a temperature: choose among the most probable tokens that together reach this probability. */
    public void setTopP(double topP) {
        this.topP = topP;
    }

    /** With a temperature: the same seed gives the same answer. */
    public long getSeed() {
        return seed;
    }

    /** With a temperature: the same seed gives the same answer. */
    public void setSeed(long seed) {
        this.seed = seed;
    }

    /** How to answer in full, in place of maxNewTokens, repetitionPenalty, temperature, topK, topP and seed. */
    public @Nullable GenerationSettings getSettings() {
        return settings;
    }

    /** How to answer in full, in place of maxNewTokens, repetitionPenalty, temperature, topK, topP and seed. */
    public void setSettings(@Nullable GenerationSettings settings) {
        this.settings = settings;
    }

    /** What answers. */
    public @Nullable TaskRunner getRunner() {
        return runner;
    }

    /** What answers; by default the component's. */
    public void setRunner(@Nullable TaskRunner runner) {
        this.runner = runner;
    }

    /** What reads images. */
    public @Nullable ImageDecoder getDecoder() {
        return decoder;
    }

    /** What reads images; by default the component's. */
    public void setDecoder(@Nullable ImageDecoder decoder) {
        this.decoder = decoder;
    }
}
