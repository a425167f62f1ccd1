package io.sextant.tasks.camel;

import io.sextant.core.image.ImageDecoder;
import io.sextant.tasks.TaskRunner;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * The Camel component {@code sextant}: {@code to("sextant:detection?prompt=cups")} from any route.
 *
 * <p>A {@link TaskRunner} in the registry answers, else a {@link io.sextant.core.VisionLanguageModel} there, else the model that
 * the options name, which the component opens when the first route needs it and closes with the context. Without any of
 * them that is the embedded model.
 */
@Component("sextant")
public class SextantComponent extends DefaultComponent {
    @Metadata(autowired = true, description = "What answers; by default the one TaskRunner of the registry")
    private @Nullable TaskRunner runner;

    @Metadata(
            autowired = true,
            label = "advanced",
            description = "What reads images; by default the one ImageDecoder of the registry, or one with the default"
                    + " limits that turns images upright")
    private @Nullable ImageDecoder decoder;

    @Metadata(
            description =
                    "The model folder: one with a sextant.json, or with the published file names; by default the embedded model")
    private @Nullable String modelPath;

    @Metadata(
            defaultValue = "auto",
            description = "What computes: auto, cpu, cuda or cuda:n, or several with commas between them")
    private String device = ModelOptions.DEFAULT.device();

    @Metadata(
            defaultValue = "auto",
            description =
                    "What is computed in, and what weights are kept as: auto, float32, bfloat16, float16, int8 or int4")
    private String precision = ModelOptions.DEFAULT.precision();

    @Metadata(description = "Jars of further tasks and folders of such jars, with commas between them")
    private String pluginsPath = ModelOptions.DEFAULT.pluginsPath();

    @Metadata(description = "Files of declared tasks, NAME.yaml, and folders of such files, with commas between them")
    private String tasksPath = ModelOptions.DEFAULT.tasksPath();

    @Metadata(
            label = "advanced",
            enums = "merged,applied",
            defaultValue = "merged",
            description = "Whether the LoRA adapter is merged into the weights once, or applied at every step")
    private String lora = ModelOptions.DEFAULT.lora();

    @Metadata(label = "advanced", description = "Memory for keys and values, for instance 1G; chosen by default")
    private String cacheSize = ModelOptions.DEFAULT.cacheSize();

    @Metadata(
            label = "advanced",
            defaultValue = "1000",
            description = "Requests that wait at most before further ones are refused")
    private int queueCapacity = ModelOptions.DEFAULT.queueCapacity();

    @Metadata(
            label = "advanced",
            defaultValue = "32",
            description = "Sequences computed side by side at most, 1 to 256")
    private int maxSequences = ModelOptions.DEFAULT.maxSequences();

    /** For Camel, which finds the component by its name. */
    public SextantComponent() {}

    /** A component of a context. */
    public SextantComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SextantEndpoint endpoint = new SextantEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** What answers, or null while none is set. */
    public @Nullable TaskRunner getRunner() {
        return runner;
    }

    /** Sets what answers, for all endpoints that set none themselves. */
    public void setRunner(@Nullable TaskRunner runner) {
        this.runner = runner;
    }

    /** What reads images, or null while none is set. */
    public @Nullable ImageDecoder getDecoder() {
        return decoder;
    }

    /** Sets what reads images, for all endpoints that set none themselves. */
    public void setDecoder(@Nullable ImageDecoder decoder) {
        this.decoder = decoder;
    }

    /** The model folder: one with a sextant.json, or with the published file names; by default the embedded model. */
    public @Nullable String getModelPath() {
        return modelPath;
    }

    /** The model folder: one with a sextant.json, or with the published file names; by default the embedded model. */
    public void setModelPath(@Nullable String modelPath) {
        this.modelPath = modelPath;
    }

    /** What computes: auto, cpu, cuda or cuda:n, or several with commas between them. */
    public String getDevice() {
        return device;
    }

    /** What computes: auto, cpu, cuda or cuda:n, or several with commas between them. */
    public void setDevice(String device) {
        this.device = device;
    }

    /** What is computed in, and what weights are kept as: auto, float32, bfloat16, float16, int8 or int4. */
    public String getPrecision() {
        return precision;
    }

    /** What is computed in, and what weights are kept as: auto, float32, bfloat16, float16, int8 or int4. */
    public void setPrecision(String precision) {
        this.precision = precision;
    }

    /** Jars of further tasks and folders of such jars, with commas between them. */
    public String getPluginsPath() {
        return pluginsPath;
    }

    /** Jars of further tasks and folders of such jars, with commas between them. */
    public void setPluginsPath(String pluginsPath) {
        this.pluginsPath = pluginsPath;
    }

    /** Files of declared tasks, NAME.yaml, and folders of such files, with commas between them. */
    public String getTasksPath() {
        return tasksPath;
    }

    /** Files of declared tasks, NAME.yaml, and folders of such files, with commas between them. */
    public void setTasksPath(String tasksPath) {
        this.tasksPath = tasksPath;
    }

    /** Whether the LoRA adapter is merged into the weights once, or applied at every step. */
    public String getLora() {
        return lora;
    }

    /** Whether the LoRA adapter is merged into the weights once, or applied at every step. */
    public void setLora(String lora) {
        this.lora = lora;
    }

    /** Memory for keys and values, for instance 1G; chosen by default. */
    public String getCacheSize() {
        return cacheSize;
    }

    /** Memory for keys and values, for instance 1G; chosen by default. */
    public void setCacheSize(String cacheSize) {
        this.cacheSize = cacheSize;
    }

    /** Requests that wait at most before further ones are refused. */
    public int getQueueCapacity() {
        return queueCapacity;
    }

    /** Requests that wait at most before further ones are refused. */
    public void setQueueCapacity(int queueCapacity) {
        this.queueCapacity = queueCapacity;
    }

    /** Sequences computed side by side at most, 1 to 256. */
    public int getMaxSequences() {
        return maxSequences;
    }

    /** Sequences computed side by side at most, 1 to 256. */
    public void setMaxSequences(int maxSequences) {
        this.maxSequences = maxSequences;
    }

    /** What the model options say. */
    ModelOptions modelOptions() {
        return new ModelOptions(
                modelPath, device, precision, lora, cacheSize, queueCapacity, maxSequences, pluginsPath, tasksPath);
    }
}
