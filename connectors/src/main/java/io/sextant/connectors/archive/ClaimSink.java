package io.sextant.connectors.archive;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorException;

/** Where claim checks go: messages that name an image and do not hold it. Made by a {@link Connector}; used by one thread. */
public interface ClaimSink extends AutoCloseable {

    /**
     * Sends a claim check, without waiting for its arrival.
     *
     * @throws ConnectorException if this one or an earlier one cannot be delivered
     */
    void send(StoredImage image);

    /**
     * Waits until all that was sent has arrived.
     *
     * @throws ConnectorException if one cannot be delivered
     */
    void flush();

    /** Lets go of the connection. May be called twice. */
    @Override
    void close();
}
