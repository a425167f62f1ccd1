package io.sextant.routes.config;

import io.sextant.connectors.CronTimes;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.core.Share;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline: which images are taken, what is asked about each, where the answers go.
 *
 * @param name lower-case letters and digits, parts joined by '-'; the route's id is {@code pipeline-<name>}
 * @param from where images come from, as a URI
 * @param steps at least one, each with its own name
 * @param to where results go, as URIs or the word {@code beside}; at least one
 * @param draw whether each step also publishes the image with its findings drawn on it
 * @param original what becomes of an image once all its results are published
 * @param moveTo where {@link OriginalPolicy#MOVE} puts it, or null for the source's usual place
 * @param deadLetter where bad images go, or null for the source's usual place
 * @param settle how long a file must have been left alone before it is taken, 0 or more
 * @param retryDelay pause before the second attempt, more than 0; it doubles with every further one
 * @param maxRetryDelay longest pause, at least {@code retryDelay}
 * @param maxAttempts attempts before an image that fails through no fault of its own goes to the dead letters, 0 for no end
 * @param conversation whether each step is a turn that follows the answers before it
 * @param references below which places images are read that messages only refer to, as URIs
 * @param idempotent where it is remembered which questions were answered, as a URI ({@code file:} or {@code bean:}), or null
 *     for nowhere
 * @param forwardHeaders which headers of a message go on to its results
 * @param share whose part of the model's time its images count against
 * @param cron when the source looks for images, or null for as often as its options say
 * @param deadline how long after an image was taken its answers are of use, more than 0; null for always
 */
public record PipelineSettings(
        String name,
        String from,
        List<StepSettings> steps,
        List<String> to,
        boolean draw,
        OriginalPolicy original,
        @Nullable String moveTo,
        @Nullable String deadLetter,
        Duration settle,
        Duration retryDelay,
        Duration maxRetryDelay,
        int maxAttempts,
        boolean conversation,
        List<String> references,
        @Nullable String idempotent,
        HeaderPatterns forwardHeaders,
        Share share,
        @Nullable CronTimes cron,
        @Nullable Duration deadline) {
    /** Results next to the image. */
    public static final String BESIDE = "beside";

    /** More than three days with the usual pauses. */
    public static final int USUAL_MAX_ATTEMPTS = 1000;

    public PipelineSettings {
        PipelineNames.requirePipelineName(name);
        Objects.requireNonNull(from, "from");
        steps = List.copyOf(steps);
        to = List.copyOf(to);
        references = List.copyOf(references);
        Objects.requireNonNull(original, "original");
        Objects.requireNonNull(forwardHeaders, "forwardHeaders");
        Objects.requireNonNull(share, "share");
        Requirements requirements = new Requirements();
        requirements.require(
                deadline == null || Requirements.isPositive(deadline), "deadline must be more than 0, was " + deadline);
        requirements.require(!steps.isEmpty(), "steps must name at least one step");
        requirements.require(!to.isEmpty(), "to must name at least one place, or be left out for \"" + BESIDE + "\"");
        requireDistinctNames(steps, requirements);
        requirements.require(
                moveTo == null || original == OriginalPolicy.MOVE,
                "move-to=" + moveTo + " needs original=move; set that, or leave move-to out");
        requirements.require(!settle.isNegative(), "settle must not be negative, was " + settle);
        requirements.require(Requirements.isPositive(retryDelay), "retry-delay must be more than 0, was " + retryDelay);
        requirements.require(
                maxRetryDelay.compareTo(retryDelay) >= 0,
                "max-retry-delay must be at least retry-delay=" + retryDelay + ", was " + maxRetryDelay);
        requirements.require(
                maxAttempts >= 0, "max-attempts must be at least 1, or 0 for attempts without end, was " + maxAttempts);
        requirements.throwIfBroken();
    }

    /** A pipeline that leaves images where they are and writes results beside them; everything else as by default. */
    public static PipelineSettings of(String name, String from, List<StepSettings> steps) {
        return new PipelineSettings(
                name,
                from,
                steps,
                List.of(BESIDE),
                false,
                OriginalPolicy.STAY,
                null,
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                USUAL_MAX_ATTEMPTS,
                false,
                List.of(),
                null,
                HeaderPatterns.TRACE_CONTEXT,
                Share.of(name),
                null,
                null);
    }

    /** The Camel route's id. */
    public String routeId() {
        return "pipeline-" + name;
    }

    private static void requireDistinctNames(List<StepSettings> steps, Requirements requirements) {
        Set<String> names = new HashSet<>();
        for (StepSettings step : steps) {
            requirements.require(
                    names.add(step.name()),
                    "Two steps are named \"" + step.name()
                            + "\", so their results would overwrite each other; give each its own name");
        }
    }
}
