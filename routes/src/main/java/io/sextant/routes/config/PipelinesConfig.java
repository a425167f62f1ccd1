package io.sextant.routes.config;

import io.sextant.connectors.OriginalPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys under {@code sextant.pipelines."name"}: which images are taken, what is asked about each, where answers go. */
@ConfigMapping(prefix = "sextant.pipelines")
public interface PipelinesConfig {

    /**
     * By pipeline name: lower-case letters and digits, parts joined by '-', at most 64 characters. The route's id is
     * {@code pipeline-<name>}.
     */
    @WithParentName
    Map<String, PipelineConfig> pipelines();

    /** Keys of one pipeline. All relative paths count from the working directory. */
    interface PipelineConfig {

        /**
         * Where images come from, as a URI: {@code file:photos?recursive=true} watches a folder. Options behind the
         * {@code ?} are those of Camel's file component, but for the few that other keys here stand for.
         */
        String from();

        /** What is asked about each image, in this order; at least one step. */
        List<StepConfig> steps();

        /**
         * Where results go: URIs such as {@code file:results}, or the word {@code beside} for next to the image. Several
         * are separated by commas or indexed ({@code to[0]}); each gets every result. Default {@code beside}, the one place
         * that needs no further thought.
         */
        @WithDefault("beside")
        List<String> to();

        /** Whether each step also writes the image with its boxes and phrases drawn on it, as a PNG file. */
        @WithDefault("false")
        @WithConverter(TruthConverter.class)
        boolean draw();

        /**
         * What becomes of an image once all its results are published: {@code stay}, {@code move} (see {@code move-to}) or
         * {@code delete}. Stay by default, because nobody loses an image by it.
         */
        @WithDefault("stay")
        OriginalPolicy original();

        /**
         * Where {@code original=move} puts images: a folder, with or without {@code file:}, or for a bucket {@code
         * s3:bucket/prefix}. Default: {@code done} in the watched folder or prefix. Refused with any other {@code original}.
         */
        Optional<String> moveTo();

        /**
         * Where bad images go, each with a file that gives the reason: a folder, with or without {@code file:}, or for a
         * bucket {@code s3:bucket/prefix}; for messages also a topic. They are moved there whatever {@code original} says.
         * Default: {@code rejected} in the watched folder or prefix, {@code <topic>.dead-letter} for a topic.
         */
        Optional<String> deadLetter();

        /**
         * How long a file must have been left alone before it is taken, so that no half-written image is: a duration
         * ({@code 500ms}, {@code 2s}), 0 or more. 1s is longer than the pauses of ordinary copying; raise it for slow
         * uploads that stall.
         */
        @WithDefault("1s")
        @WithConverter(DurationConverter.class)
        Duration settle();

        /**
         * How long an image waits before the second attempt after a failure that is not its own fault (memory, another
         * system): a duration, more than 0. It doubles with every attempt up to {@code max-retry-delay}; other images go on
         * meanwhile. 5s lets a short overload pass.
         */
        @WithDefault("5s")
        @WithConverter(DurationConverter.class)
        Duration retryDelay();

        /**
         * The longest wait between attempts: a duration, at least {@code retry-delay}. Once the waits have grown to it the
         * pipeline's health check {@code retries:pipeline-<name>} is down. {@code max-attempts} says when attempts end.
         */
        @WithDefault("5m")
        @WithConverter(DurationConverter.class)
        Duration maxRetryDelay();

        /**
         * How often an image is tried that fails through no fault of its own, before it goes to the dead letters with that
         * number: at least 1, or 0 for no end. In an ordered partition everything behind it waits as long. 1000 attempts take 83
         * hours with the usual {@code retry-delay} and {@code max-retry-delay}: an outage of a long weekend costs no image.
         * Counted anew after a restart.
         */
        @WithDefault("1000")
        int maxAttempts();

        /**
         * Whether the steps are the turns of one conversation: each is asked after the answers of those before it, instead of
         * for itself. Off by default: steps that do not depend on each other are answered together.
         */
        @WithDefault("false")
        @WithConverter(TruthConverter.class)
        boolean conversation();

        /**
         * Where images may be read from that messages only refer to: URIs of folders ({@code file:/data/photos}) or key
         * prefixes ({@code s3://bucket/prefix/}), separated by commas. Everything below them may be read by whoever may send
         * messages. Default: nowhere.
         */
        Optional<List<String>> references();

        /**
         * Where it is remembered which questions were answered, so that a message that comes again is acknowledged and not
         * asked again: {@code file:photos.ids}, a file that survives a restart and belongs to one process, or
         * {@code bean:name}, an {@code IdempotentRepository} of Camel's registry, which instances may share. For sources of
         * messages only: a folder knows what is done from its results. Default: nothing is remembered, and what comes twice
         * is answered twice, with the same bytes.
         */
        Optional<String> idempotent();

        /**
         * Which headers of a message go on to its results, where these are messages too: names with commas between them, in
         * whatever case, {@code *} for any letters, or {@code none}. Default: those of W3C Trace Context and Baggage, so that
         * a trace goes on. Never ours, nor such as say what the message itself is ({@code content-type}, {@code ce_id}, …).
         */
        @WithDefault("traceparent,tracestate,baggage")
        List<String> forwardHeaders();

        /**
         * Whose part of the model's time the pipeline's images count against while several pipelines wait for it. A number of more
         * than 0 is the weight of the pipeline's own share: with {@code 2} it gets twice the time of one with {@code 1}. A name (lower-case
         * letters, digits, {@code -}, beginning with a letter) is that of a share of weight 1 which all pipelines that name it have
         * together. Default: a share of its own, of weight 1.
         */
        Optional<String> share();

        /**
         * When a source that is asked for its images, as folders and buckets are, is asked: second, minute, hour, day of the month,
         * month, day of the week, as Quartz writes them ({@code 0 30 2 * * ?}). Default: as often as the source's options say.
         */
        Optional<String> cron();

        /**
         * How long after an image was taken up its answers are of use: a duration, more than 0. What is not answered by then is given
         * up, and the image comes again after {@code retry-delay}, as where memory is short. Waiting for a model that is being exchanged
         * does not count. Default: answers are always of use.
         */
        Optional<@WithConverter(DurationConverter.class) Duration> deadline();
    }

    /** Keys of one step. */
    interface StepConfig {

        /**
         * How the step's results are named: lower-case letters and digits, parts joined by '-', at most 64 characters, unlike
         * any other step's of the pipeline, and not {@code reason}. Default: the task's name; a second unnamed step of the
         * same task gets {@code -2}, a third {@code -3}.
         */
        Optional<String> name();

        /** The task: {@code vqa}, {@code caption}, … or any other task the application has. */
        String task();

        /** The words of the question, where the task takes any. */
        Optional<String> prompt();

        /** A box in pixels of the upright image, {@code xMin,yMin,xMax,yMax}, where the task takes one. */
        Optional<String> box();

        /** Longest answer of this step in tokens, at least 1. Default: {@code sextant.generation.max-new-tokens}. */
        OptionalInt maxNewTokens();
    }
}
