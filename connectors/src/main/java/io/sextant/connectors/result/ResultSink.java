package io.sextant.connectors.result;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.message.ImageRequest;
import java.util.Optional;

/** Where the results of one pipeline go. Made by a {@link Connector}. */
public interface ResultSink extends AutoCloseable {

    /**
     * Makes ready what the sink needs, and puts away what an earlier run left half done. Called once, before the route starts.
     *
     * @throws io.sextant.core.error.ConfigurationException if it cannot be made ready
     */
    void open();

    /**
     * Publishes a result whole or not at all, and durably before it returns. Publishing the same result again changes nothing.
     *
     * @throws io.sextant.core.error.InvalidImageException if the image's name makes no name for a result
     * @throws ConnectorException if the sink failed; a later attempt may succeed
     */
    void publish(ImageResult result);

    /**
     * What was published for an image and step before; empty if nothing was, or if this sink cannot look.
     *
     * @param name as {@link ImageRequest#name()}
     * @param step the step's name
     * @throws ConnectorException if the sink failed
     */
    Optional<PublishedResult> find(String name, String step);

    /** Whether drawings are published too; else a result goes without its own. */
    default boolean takesDrawings() {
        return true;
    }

    /** Whether {@link #find} can find anything at all. */
    default boolean canFind() {
        return true;
    }

    /** Lets go of what {@link #open} took. Called once nothing is published any more; may be called twice, or without open. */
    @Override
    default void close() {}
}
