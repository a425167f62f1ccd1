package io.sextant.tasks.spi;

import java.util.Optional;
import java.util.Set;

/**
 * Makes one task. Named in {@code META-INF/services/io.sextant.tasks.spi.TaskFactory} of the plugin's jar.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Instances: a registry uses one, made through its public constructor without arguments. Others are made, asked for name and keys
 *       and let go where a configuration is read: nothing that is to be had once may be taken in the constructor.
 *   <li>Order: {@link #name()} is called first, and must always give the same name; then {@link #keys()}, which must always give the
 *       same keys; then {@link #create(TaskSettings)}.
 *   <li>Lifecycle: {@code create} is called at most once per registry, before any request; where it refuses the settings, which stops
 *       the start, once more without them, so that what else is wrong can be told. It reads all that it needs of the settings:
 *       what it leaves unread of keys that are guessed is no part of the task, nor of its results' ids. Nothing is ever closed.
 *   <li>Threads: never two of its methods at once. Which thread calls is not said, and may be another for each call.
 *   <li>Errors: what {@code create} throws as a {@link io.sextant.core.error.ConfigurationException} stops the start; where it fails
 *       otherwise, returns null or does not come to an end within half a minute, this task alone is left out. The message names this
 *       factory.
 * </ol>
 *
 * @since 0.1
 */
public interface TaskFactory {

    /** The name that pipelines, {@code sextant:<name>} endpoints and results use: lower-case letters, digits, '-'. */
    String name();

    /**
     * The kebab-case keys that {@link #create} reads. Where they are told, others are refused before {@code create} is called,
     * and an environment variable that stands for none of them is warned about and not read.
     *
     * @return empty, the default, where {@code create} alone knows
     */
    default Optional<Set<String>> keys() {
        return Optional.empty();
    }

    /**
     * @param settings what the configuration says under {@code sextant.tasks."<name>"}
     * @throws io.sextant.core.error.ConfigurationException if a setting is unknown or out of range
     */
    VisionTask create(TaskSettings settings);
}
