package io.sextant.connectors;

import io.sextant.connectors.result.ResultSink;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Where the images of one pipeline come from. Made by a {@link Connector}. */
public interface ImageSource extends AutoCloseable {

    /** The endpoint a route consumes from. */
    Endpoint endpoint();

    /**
     * Makes ready what the source needs, and puts away what an earlier run left half done. Called once, before the route starts.
     *
     * @throws io.sextant.core.error.ConfigurationException if it cannot be made ready
     */
    void open();

    /**
     * Images that are worked on at once, by threads of the route's; the source's own thread then only hands them over, in the order they
     * are to be published in. 0 for a source that brings such threads itself.
     */
    default int workers() {
        return 0;
    }

    /**
     * The image an exchange brings. Called by the thread that consumes, once for each exchange, in the order of their coming.
     *
     * @return empty if there is nothing to do: the image has gone, or is being written again
     */
    Optional<ImageDelivery> delivery(Exchange exchange);

    /**
     * A sink that puts results next to the images; empty where that means nothing.
     *
     * @param steps the names of the steps whose results come
     * @throws io.sextant.core.error.ConfigurationException if that gets in another pipeline's way
     */
    Optional<ResultSink> beside(List<String> steps);

    /**
     * Whether images that stay are known again after a restart by their results alone, so that sinks which cannot look for
     * results are refused with {@link OriginalPolicy#STAY}.
     */
    default boolean needsResultsThatCanBeFound() {
        return false;
    }

    /** What it is doing now. Called by any thread. */
    default SourceStatistics statistics() {
        return SourceStatistics.NONE;
    }

    /** Lets go of what {@link #open} took. Called after the route has stopped; may be called twice, or without open. */
    @Override
    default void close() {}
}
