package io.sextant.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.training.run.TinyRuns;
import io.sextant.training.world.scene.Split;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneDataSetTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasLeftHalfWrittenIsNoDataSet() {
        SceneDataSet scenes = new SceneDataSet(TinyRuns.world(), Split.TEST, 1);
        assertThatThrownBy(() -> scenes.write(folder, 3, 0, done -> {
                    if (done == 2) {
                        throw new IllegalStateException("stopped here");
                    }
                }))
                .hasMessage("stopped here");
        assertThat(folder.resolve("images/000001.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("annotations.jsonl")).doesNotExist();
    }
}
