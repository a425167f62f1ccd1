package io.sextant.connectors.letter;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorException;

/** Where rejected messages of another connector's source go. Made by a {@link Connector}. */
public interface DeadLetterSink extends AutoCloseable {

    /**
     * Makes ready what it needs. Called once, before the route starts.
     *
     * @throws io.sextant.core.error.ConfigurationException if it cannot be made ready
     */
    void open();

    /**
     * Puts a message aside durably before it returns. Taking the same message again changes nothing, or adds an equal one.
     *
     * @throws ConnectorException if it cannot be reached; the message is then still at its source
     */
    void take(DeadLetter letter);

    /** Lets go of what {@link #open} took. May be called twice, or without open. */
    @Override
    default void close() {}
}
