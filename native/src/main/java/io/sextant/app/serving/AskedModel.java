package io.sextant.app.serving;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.ModelSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Which model is meant, before it is known whether it can be opened.
 *
 * @param name as it was asked for: a path, or {@link #EMBEDDED}
 * @param settings where it lies and how it is computed
 * @param isEmbedded whether it is the one that comes along
 */
public record AskedModel(String name, ModelSettings settings, boolean isEmbedded) {
    /** What the model that comes along is called. */
    public static final String EMBEDDED = "embedded";

    public AskedModel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(settings, "settings");
    }

    /** What the configuration says. */
    public static AskedModel configured(Toolkit toolkit) {
        boolean isEmbedded = toolkit.isEmbedded(null);
        ModelSettings settings = toolkit.model(null);
        return new AskedModel(isEmbedded ? EMBEDDED : settings.folder().toString(), settings, isEmbedded);
    }

    /**
     * The one of this name; all but the folder is as configured.
     *
     * @param name a model folder, a relative path counts from the working directory; or {@link #EMBEDDED}
     * @throws UnusableModelException if it is no path
     * @throws io.sextant.core.error.ConfigurationException if the embedded model is meant and cannot be unpacked
     */
    static AskedModel named(String name, Toolkit toolkit) {
        if (name.equals(EMBEDDED)) {
            return new AskedModel(name, toolkit.model(EmbeddedModel.folder()), true);
        }
        if (name.isBlank()) {
            throw new UnusableModelException(
                    "No model is named; name a model folder, or \"" + EMBEDDED + "\" for the one that comes along.",
                    null);
        }
        try {
            return new AskedModel(name, toolkit.model(Path.of(name)), false);
        } catch (InvalidPathException e) {
            throw new UnusableModelException(
                    "The model's name is no path (" + e.getReason() + "); name a model folder.", e);
        }
    }
}
