package io.sextant.app.model;

import io.sextant.core.error.SextantException;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelMeasurement;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What measuring one precision came to: a measurement, or why there is none.
 *
 * @param precision that was asked for
 * @param measurement null where it failed
 * @param failure what stands against it, for instance too little memory; null where it did not fail
 */
record Measured(
        Precision precision,
        @Nullable ModelMeasurement measurement,
        @Nullable String failure) {

    /** Measures, in the precision of the settings. */
    static Measured of(ModelSettings settings, Consumer<String> progress) {
        ModelLoader.awaitStepsAtExit();
        try {
            return new Measured(settings.precision(), ModelMeasurement.of(settings, progress), null);
        } catch (SextantException e) {
            return new Measured(settings.precision(), null, Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    /** As it is written in configuration. */
    String name() {
        return name(precision);
    }

    static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }
}
