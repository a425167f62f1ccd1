package io.sextant.app.toolkit;

import io.sextant.core.VisionLanguageModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import java.util.function.Consumer;

/** Opens the one model a process shares. */
@FunctionalInterface
public interface ModelOpener {

    /**
     * @param progress gets a few words before each long step
     * @return the model; the caller closes it
     * @throws io.sextant.core.error.ModelFilesException if the folder's files cannot be used
     */
    VisionLanguageModel open(ModelSettings settings, Consumer<String> progress);

    /** Begins what every model needs, in the background, before it is known which one is opened. */
    default void prepareEarly() {}

    /** Opens the weights in a model folder. */
    static ModelOpener ofFiles() {
        return new ModelOpener() {
            @Override
            public VisionLanguageModel open(ModelSettings settings, Consumer<String> progress) {
                return ModelLoader.load(settings, progress);
            }

            @Override
            public void prepareEarly() {
                ModelLoader.prepareEarly();
            }
        };
    }
}
