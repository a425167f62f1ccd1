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

    /** Opens the weights in a model folder. */
    static ModelOpener ofFiles() {
        return ModelLoader::load;
    }
}
