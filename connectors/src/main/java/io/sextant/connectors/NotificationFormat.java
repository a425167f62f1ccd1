package io.sextant.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How a store of images tells of what was put there, in messages that another connector brings. Thread-safe. */
public interface NotificationFormat {

    /** Whether a JSON text is a notification of this store; also one that tells of no object. */
    boolean isOne(JsonNode message);

    /**
     * The objects that were created.
     *
     * @param message one that {@link #isOne} knows
     * @return none for notifications of other kinds
     * @throws IllegalArgumentException saying which part of it is wrong
     */
    List<NotifiedObject> objects(JsonNode message);
}
