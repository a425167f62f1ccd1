package io.sextant.connectors.letter;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorException;

/** Sends messages of dead letters to a topic. Made by a {@link Connector}; used by one thread. */
public interface MessageReturn extends AutoCloseable {

    /**
     * Sends a letter's message, with its key and headers, and returns when it has arrived.
     *
     * @throws ConnectorException if it could not be delivered
     */
    void send(String topic, StoredLetter letter);

    /** Lets go of the connection. May be called twice. */
    @Override
    void close();
}
