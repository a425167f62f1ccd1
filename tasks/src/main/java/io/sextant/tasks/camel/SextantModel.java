package io.sextant.tasks.camel;

import org.jspecify.annotations.Nullable;

/**
 * A model for {@code sextant:caption?model=#large}, bound under that name in a registry: in Java, as a bean of a YAML or XML
 * file, or by {@code camel.beans.large = #class:io.sextant.tasks.camel.SextantModel}. It is opened when the first route
 * needs it, once for all routes of a context whatever their beans are called, and closed with the context.
 *
 * <p>Set before it is used. Values are checked when the model is opened.
 */
public final class SextantModel {
    private @Nullable String path;
    private String device = ModelOptions.DEFAULT.device();
    private String precision = ModelOptions.DEFAULT.precision();
    private String lora = ModelOptions.DEFAULT.lora();
    private String cacheSize = ModelOptions.DEFAULT.cacheSize();
    private int queueCapacity = ModelOptions.DEFAULT.queueCapacity();
    private int maxSequences = ModelOptions.DEFAULT.maxSequences();
    private String weightCache = ModelOptions.DEFAULT.weightCache();
    private String weightCacheSize = ModelOptions.DEFAULT.weightCacheSize();
    private String int8Copy = ModelOptions.DEFAULT.int8Copy();
    private String computeType = ModelOptions.DEFAULT.computeType();
    private int threads = ModelOptions.DEFAULT.threads();
    private String trial = ModelOptions.DEFAULT.trial();
    private String pluginsPath = ModelOptions.DEFAULT.pluginsPath();
    private String tasksPath = ModelOptions.DEFAULT.tasksPath();

    /** The embedded model, until a path is set. */
    public SextantModel() {}

    /** The model in this folder. */
    public SextantModel(String path) {
        this.path = path;
    }

    ModelOptions options() {
        return new ModelOptions(
                path,
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

    /** The model folder; null for the embedded model. */
    public @Nullable String getPath() {
        return path;
    }

    /** The model folder; null for the embedded model. */
    public void setPath(@Nullable String path) {
        this.path = path;
    }

    /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}, or several with commas between them. */
    public String getDevice() {
        return device;
    }

    /** {@code auto}, the default, {@code cpu}, {@code cuda} or {@code cuda:n}, or several with commas between them. */
    public void setDevice(String device) {
        this.device = device;
    }

    /** What to compute in. */
    public String getPrecision() {
        return precision;
    }

    /** What to compute in, for instance {@code float32}; {@code auto} by default. */
    public void setPrecision(String precision) {
        this.precision = precision;
    }

    /** {@code merged} or {@code applied}. */
    public String getLora() {
        return lora;
    }

    /** {@code merged} into the weights once, the default, or {@code applied} at every step. */
    public void setLora(String lora) {
        this.lora = lora;
    }

    /** Memory for keys and values. */
    public String getCacheSize() {
        return cacheSize;
    }

    /** Memory for keys and values, as {@code 1G}; chosen by default. */
    public void setCacheSize(String cacheSize) {
        this.cacheSize = cacheSize;
    }

    /** Requests that wait at most. */
    public int getQueueCapacity() {
        return queueCapacity;
    }

    /** Requests that wait at most before further ones are refused; 1000 by default. */
    public void setQueueCapacity(int queueCapacity) {
        this.queueCapacity = queueCapacity;
    }

    /** Sequences computed side by side at most. */
    public int getMaxSequences() {
        return maxSequences;
    }

    /** Sequences computed side by side at most, 1 to 256; 32 by default. */
    public void setMaxSequences(int maxSequences) {
        this.maxSequences = maxSequences;
    }

    /** Folder that keeps int8 and int4 weights, and what a trial of the processor found, from one start to the next; auto takes one in the user's cache, off keeps none. */
    public String getWeightCache() {
        return weightCache;
    }

    /** Folder that keeps int8 and int4 weights, and what a trial of the processor found, from one start to the next; auto takes one in the user's cache, off keeps none; auto by default. */
    public void setWeightCache(String weightCache) {
        this.weightCache = weightCache;
    }

    /** What the files in that folder take at most, for instance 24G; what was longest not used goes first. */
    public String getWeightCacheSize() {
        return weightCacheSize;
    }

    /** What the files in that folder take at most, for instance 24G; what was longest not used goes first; 24G by default. */
    public void setWeightCacheSize(String weightCacheSize) {
        this.weightCacheSize = weightCacheSize;
    }

    /** Whether int4 weights are kept as int8 too, for faster prompts and several answers at once; auto: where there is memory for it. */
    public String getInt8Copy() {
        return int8Copy;
    }

    /** Whether int4 weights are kept as int8 too, for faster prompts and several answers at once; auto: where there is memory for it; auto by default. */
    public void setInt8Copy(String int8Copy) {
        this.int8Copy = int8Copy;
    }

    /** What is computed in where the precision leaves that open, beside int8 and int4 weights; auto: what this processor is faster in. */
    public String getComputeType() {
        return computeType;
    }

    /** What is computed in where the precision leaves that open, beside int8 and int4 weights; auto: what this processor is faster in; auto by default. */
    public void setComputeType(String computeType) {
        this.computeType = computeType;
    }

    /** Threads that products are computed in, 1 to 1024, one number for all models of a process; 0 chooses. */
    public int getThreads() {
        return threads;
    }

    /** Threads that products are computed in, 1 to 1024, one number for all models of a process; 0 chooses; 0 by default. */
    public void setThreads(int threads) {
        this.threads = threads;
    }

    /** Whether what is left open of type and threads comes from a short trial, once on each kind of processor. */
    public String getTrial() {
        return trial;
    }

    /** Whether what is left open of type and threads comes from a short trial, once on each kind of processor; on by default. */
    public void setTrial(String trial) {
        this.trial = trial;
    }

    /** Jars of further tasks. */
    public String getPluginsPath() {
        return pluginsPath;
    }

    /** Jars of further tasks and folders of such jars, with commas between them. */
    public void setPluginsPath(String pluginsPath) {
        this.pluginsPath = pluginsPath;
    }

    /** Files of declared tasks. */
    public String getTasksPath() {
        return tasksPath;
    }

    /** Files of declared tasks, NAME.yaml, and folders of such files, with commas between them. */
    public void setTasksPath(String tasksPath) {
        this.tasksPath = tasksPath;
    }
}
