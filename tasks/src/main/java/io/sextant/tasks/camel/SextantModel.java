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
                path, device, precision, lora, cacheSize, queueCapacity, maxSequences, pluginsPath, tasksPath);
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
