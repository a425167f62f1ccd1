package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCheckTest {
    private static final String REFER =
            "{\"image\": \"1.png\", \"task\": \"refer\", \"prompt\": \"a\", \"boxes\": [%s]}";

    @TempDir
    private Path folder;

    @BeforeEach
    void drawAnImage() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("1.png").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0, 0, 64, 48]", "[3, 4, 64.7, 48.9]"})
    void takesBoxesWithinTheImage(String box) {
        assertThatCode(() -> check(REFER.formatted(box))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image\": \"1.png\", \"task\": \"refer\", \"prompt\": \"a\", \"boxes\": [[1, 2, 3, 4], [10, 10, 66, 20]]}",
                "{\"image\": \"1.png\", \"task\": \"identify\", \"box\": [10, 10, 20, 50], \"answers\": [\"a\"]}",
                "{\"image\": \"1.png\", \"task\": \"detection\", \"prompt\": \"a\", \"phrases\": [{\"text\": \"a\", \"boxes\": [[10, 10, 99, 20]]}]}"
            })
    void namesTheLineOfABoxOutside(String line) {
        assertThatThrownBy(() -> check(REFER.formatted("[0, 0, 9, 9]"), line))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining("Line 2: the box [10.0, 10.0, ")
                .hasMessageContaining("does not lie within " + folder.resolve("1.png") + " of 64x48 pixels");
    }

    @Test
    void namesTheLineOfAFileThatIsNoImage() throws IOException {
        Files.writeString(folder.resolve("1.png"), "no image");
        assertThatThrownBy(() -> check(REFER.formatted("[0, 0, 9, 9]")))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining("Line 1: ")
                .hasMessageContaining("1.png");
    }

    private void check(String... lines) throws IOException {
        Files.writeString(folder.resolve("annotations.jsonl"), String.join("\n", lines));
        ImageCheck.requireSound(DataSet.read(folder));
    }
}
