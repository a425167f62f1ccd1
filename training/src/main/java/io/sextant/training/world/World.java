package io.sextant.training.world;

import io.sextant.training.world.language.SceneQuestions;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.paint.ScenePainter;
import io.sextant.training.world.render.Renders;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.SceneSettings;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The generated world, ready to make and draw scenes. Immutable and thread-safe.
 *
 * @param nouns of the world
 * @param renders of the nouns
 * @param painter that draws scenes with them
 * @param questions that asks about scenes
 */
public record World(Nouns nouns, Renders renders, ScenePainter painter, SceneQuestions questions) {
    /**
     * Reads nouns and renders; fetches the renders the first time.
     *
     * @param renderFolder where the renders are kept, {@link Renders#defaultFolder()} by default
     * @param progress gets a few words before each long step
     * @throws io.sextant.core.error.ConfigurationException if the renders are not there and cannot be fetched
     */
    public static World open(Path renderFolder, Consumer<String> progress) {
        Nouns nouns = Nouns.load();
        Renders renders = Renders.open(renderFolder, nouns, progress);
        return new World(nouns, renders, new ScenePainter(renders), new SceneQuestions(nouns));
    }

    /** A generator of scenes; the nouns of the settings must be this world's, or the first of them. */
    public SceneGenerator generator(SceneSettings settings) {
        return new SceneGenerator(settings, renders);
    }
}
