package io.sextant.routes.observe;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.core.error.ErrorCategory;
import io.sextant.tasks.TaskOutcome;
import java.time.Duration;
import java.util.List;

/**
 * Is told what one pipeline does, by the threads that do it: it must be quick, thread-safe, and never throw.
 *
 * <p>An image whose message comes again is told of each time.
 */
public interface PipelineListener {
    /** Hears nothing. */
    PipelineListener NONE = new PipelineListener() {};

    /**
     * A message or file that was understood is about to be worked on, by the thread that will fetch its images, ask, publish and tell of its
     * end.
     *
     * @param name as in logs
     * @param headers those it came with
     * @return what its results can have of them; the same where the listener has nothing to pass on
     */
    default List<MessageHeader> messageBegan(String name, List<MessageHeader> headers) {
        return headers;
    }

    /**
     * A message or file is done with for this time.
     *
     * @param outcome what became of it
     * @param images how many it brought; 0 where it could not be read
     * @param took since it came from its source
     */
    default void messageEnded(MessageOutcome outcome, int images, Duration took) {}

    /** A message or file went to the dead letters, because of a failure of this category. */
    default void deadLetter(ErrorCategory category) {}

    /** A message or file comes again after this pause. */
    default void retry(Duration pause) {}

    /**
     * An image was fetched from where it lies, or was to be.
     *
     * @param isRead false if that failed
     */
    default void imageRead(boolean isRead, Duration took) {}

    /**
     * A task was answered.
     *
     * @param outcome what was found; its result may be malformed
     * @param took from asking to the answer, waiting for others included
     */
    default void answered(TaskOutcome outcome, Duration took) {}

    /**
     * A task was not answered.
     *
     * @param task its name, one there is
     * @param category of the failure
     */
    default void failed(String task, ErrorCategory category, Duration took) {}

    /**
     * A question was given up before it was answered: by who asked it, or since another of its image had failed.
     *
     * @param task its name, one there is
     */
    default void cancelled(String task, Duration took) {}

    /**
     * A result was published, or was to be.
     *
     * @param place the scheme of where to, for instance {@code file}
     * @param isPublished false if that failed
     */
    default void published(String place, boolean isPublished, Duration took) {}
}
