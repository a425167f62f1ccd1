package io.sextant.connectors.letter;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorException;
import java.util.function.Consumer;

/** A place of dead letters that can be read again. Made by a {@link Connector}; used by one thread. */
public interface DeadLetterArchive extends AutoCloseable {

    /** The place, for messages. */
    String place();

    /**
     * Shows every letter that lies there now and was not noted as replayed, those of one partition or folder in their order.
     *
     * @throws ConnectorException if the place cannot be read
     */
    void forEach(Consumer<StoredLetter> reader);

    /**
     * Notes durably that a letter was sent back, so that it is not shown again. The letter itself is kept.
     *
     * @throws ConnectorException if that cannot be noted
     */
    void markReplayed(StoredLetter letter);

    /** Lets go of the place. May be called twice. */
    @Override
    void close();
}
