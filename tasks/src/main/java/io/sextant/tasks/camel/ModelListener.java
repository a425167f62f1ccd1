package io.sextant.tasks.camel;

import io.sextant.core.VisionLanguageModel;

/**
 * Hears which models the component {@code sextant} opens and closes, for meters and their kind. Every bean of this type in the registry of the
 * Camel context is told, by whichever thread needed the model; what it throws is logged and changes nothing.
 */
public interface ModelListener {

    /** This model is open, whether a route needed it at its start or at its first message. */
    void opened(VisionLanguageModel model);

    /** This model is being closed with its context. */
    void closed(VisionLanguageModel model);
}
