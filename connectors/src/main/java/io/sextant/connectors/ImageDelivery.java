package io.sextant.connectors;

import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageRequest;
import java.time.Duration;
import java.util.List;

/**
 * One file or message on its way through a pipeline. It ends with exactly one call of {@link #acknowledge}, {@link #reject} or
 * {@link #postpone}, or with an {@link #awaitTurn} that is false; if the process dies before, the source brings the image again. Used
 * by one thread at a time.
 */
public interface ImageDelivery {

    /** Unlike any other image's of this source, with '/' between its parts, for instance {@code holiday/beach.jpg}. */
    String name();

    /** 1 for the first attempt of this process, 2 for the next, and so on. */
    int attempt();

    /**
     * The images, and what is asked about each: one for a file, any number for a message. None means there is nothing to
     * do, and that the delivery is to be acknowledged.
     *
     * @throws io.sextant.core.error.InvalidRequestException if the message cannot be understood
     */
    List<ImageRequest> requests();

    /**
     * Waits until the results may be published, or the image rejected: until everything that the source handed over before it is done
     * with, where the source has an order. May be called again once it was true, and is then true at once.
     *
     * @return false if something before it comes again: then the delivery has ended, and comes again behind that, as it also does
     *     where the waiting thread is interrupted
     */
    default boolean awaitTurn() {
        return true;
    }

    /**
     * All results are published: the original stays, is moved or is deleted. If it has changed since it was read it is left
     * alone, and comes again.
     *
     * @throws ConnectorException if the source failed
     */
    void acknowledge();

    /**
     * The image is at fault, or made Sextant fail: it goes to the dead letters, with the reason. If it has changed since it
     * was read it is left alone, and comes again.
     *
     * @throws ConnectorException if the dead letters cannot be reached; the image is then still at its source
     */
    void reject(Rejection rejection);

    /** The image is not at fault: it stays at its source and comes again. @return after what pause */
    Duration postpone();
}
