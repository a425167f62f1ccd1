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

    @Metadata(
            label = "advanced",
            defaultValue = "auto",
            description =
                    "Folder that keeps int8 and int4 weights, and what a trial of the processor found, from one start to the next; auto takes one in the user's cache, off keeps none")
    private String weightCache = ModelOptions.DEFAULT.weightCache();

    @Metadata(
            label = "advanced",
            defaultValue = "24G",
            description =
                    "What the files in that folder take at most, for instance 24G; what was longest not used goes first")
    private String weightCacheSize = ModelOptions.DEFAULT.weightCacheSize();

    @Metadata(
            label = "advanced",
            enums = "auto,on,off",
            defaultValue = "auto",
            description =
                    "Whether int4 weights are kept as int8 too, for faster prompts and several answers at once; auto: where there is memory for it")
    private String int8Copy = ModelOptions.DEFAULT.int8Copy();

    @Metadata(
            label = "advanced",
            enums = "auto,float32,bfloat16",
            defaultValue = "auto",
            description =
                    "What is computed in where the precision leaves that open, beside int8 and int4 weights; auto: what this processor is faster in")
    private String computeType = ModelOptions.DEFAULT.computeType();

    @Metadata(
            label = "advanced",
            defaultValue = "0",
            description =
                    "Threads that products are computed in, 1 to 1024, one number for all models of a process; 0 chooses")
    private int threads = ModelOptions.DEFAULT.threads();

    @Metadata(
            label = "advanced",
            enums = "on,off",
            defaultValue = "on",
            description =
                    "Whether what is left open of type and threads comes from a short trial, once on each kind of processor")
    private String trial = ModelOptions.DEFAULT.trial();

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

    /** Folder that keeps int8 and int4 weights, and what a trial of the processor found, from one start to the next; auto takes one in the user's cache, off keeps none. */
    public String getWeightCache() {
        return weightCache;
    }

    /** Folder that keeps int8 and int4 weights, and what a trial of the processor found, from one start to the next; auto takes one in the user's cache, off keeps none. */
    public void setWeightCache(String weightCache) {
        this.weightCache = weightCache;
    }

    /** What the files in that folder take at most, for instance 24G; what was longest not used goes first. */
    public String getWeightCacheSize() {
        return weightCacheSize;
    }

    /** What the files in that folder take at most, for instance 24G; what was longest not used goes first. */
    public void setWeightCacheSize(String weightCacheSize) {
        this.weightCacheSize = weightCacheSize;
    }

    /** Whether int4 weights are kept as int8 too, for faster prompts and several answers at once; auto: where there is memory for it. */
    public String getInt8Copy() {
        return int8Copy;
    }

    /** Whether int4 weights are kept as int8 too, for faster prompts and several answers at once; auto: where there is memory for it. */
    public void setInt8Copy(String int8Copy) {
        this.int8Copy = int8Copy;
    }

    /** What is computed in where the precision leaves that open, beside int8 and int4 weights; auto: what this processor is faster in. */
    public String getComputeType() {
        return computeType;
    }

    /** What is computed in where the precision leaves that open, beside int8 and int4 weights; auto: what this processor is faster in. */
    public void setComputeType(String computeType) {
        this.computeType = computeType;
    }

    /** Threads that products are computed in, 1 to 1024, one number for all models of a process; 0 chooses. */
    public int getThreads() {
        return threads;
    }

    /** Threads that products are computed in, 1 to 1024, one number for all models of a process; 0 chooses. */
    public void setThreads(int threads) {
        this.threads = threads;
    }

    /** Whether what is left open of type and threads comes from a short trial, once on each kind of processor. */
    public String getTrial() {
        return trial;
    }

    /** Whether what is left open of type and threads comes from a short trial, once on each kind of processor. */
    public void setTrial(String trial) {
        this.trial = trial;
    }

    /** What the model options say. */
    ModelOptions modelOptions() {
        return new ModelOptions(
                modelPath,
                device,
                precision,
                lora,
                cacheSize,
                queueCapacity,
                maxSequences,
                weightCache,
                weightCacheSize,
                int8Copy,
                computeType,
                threads,
                trial,
                pluginsPath,
                tasksPath);
    }
}
