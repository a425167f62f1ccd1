package io.sextant.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingMarkTest {
    @TempDir
    Path folder;

    @Test
    void writesAMarkThatReadersOfPngFilesUnderstand() throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(DrawingMark.mark(png())))) {
            reader.setInput(in);
            IIOImage image = reader.readAll(0, null);

            IIOMetadataNode tree = (IIOMetadataNode) image.getMetadata().getAsTree("javax_imageio_png_1.0");
            IIOMetadataNode entry =
                    (IIOMetadataNode) tree.getElementsByTagName("tEXtEntry").item(0);
            assertThat(entry.getAttribute("keyword")).isEqualTo("Software");
            assertThat(entry.getAttribute("value")).isEqualTo("Sextant");
            assertThat(image.getRenderedImage().getWidth()).isEqualTo(7);
        } finally {
            reader.dispose();
        }
    }

    @Test
    void knowsMarkedFilesFromOthers() throws IOException {
        assertThat(DrawingMark.isMarked(Files.write(folder.resolve("marked.png"), DrawingMark.mark(png()))))
                .isTrue();
        assertThat(DrawingMark.isMarked(Files.write(folder.resolve("plain.png"), png())))
                .isFalse();
        assertThat(DrawingMark.isMarked(Files.createFile(folder.resolve("empty.png"))))
                .isFalse();
        assertThat(DrawingMark.isMarked(folder.resolve("missing.png"))).isFalse();
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }
}
