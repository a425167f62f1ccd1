package io.sextant.connectors.archive;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that lies below a place, as large as it may be: it is listed a piece at a time, in an order that stays the same, so that a listing
 * can be gone on with. What Sextant itself wrote, and what is hidden, is left out. Made by a {@link Connector}; used by one thread.
 */
public interface ImageArchive {

    /** Where it is, for messages. */
    String place();

    /**
     * Lists what lies there.
     *
     * @param after the name of the last one that is done with, to go on behind it; null to begin
     * @param images is handed each
     * @throws ConnectorException if the place cannot be listed
     */
    void forEach(@Nullable String after, Consumer<StoredImage> images);
}
