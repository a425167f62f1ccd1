package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.internal.DrawingMark;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.file.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Results as files in a folder, in the same sub-folders as their images, or right beside them. */
final class FileSink implements ResultSink {
    private final Folder folder;
    private final int depth;

    /**
     * @param folder results go below it
     * @param depth levels of folders that may hold results, 1 for this one alone
     */
    FileSink(Folder folder, int depth) {
        this.folder = folder;
        this.depth = depth;
    }

    @Override
    public void open() {
        folder.create();
        Leftovers.delete(folder.path(), depth);
    }

    @Override
    public void publish(ImageResult result) {
        Path json = folder.creating(ResultNames.json(result.name(), result.step()));
        AtomicFiles.write(json, result.json().getBytes(StandardCharsets.UTF_8));
        byte[] drawing = result.drawing();
        if (drawing != null) {
            Path png = folder.creating(ResultNames.drawing(result.name(), result.step()));
            AtomicFiles.write(png, DrawingMark.mark(drawing));
        }
    }

    @Override
    public Optional<PublishedResult> find(String imageName, String step) {
        Path json = folder.place(ResultNames.json(imageName, step));
        if (!Files.isRegularFile(json, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        folder.existing(ResultNames.json(imageName, step));
        Path png = folder.place(ResultNames.drawing(imageName, step));
        try {
            return Optional.of(new PublishedResult(
                    new String(Files.readAllBytes(json), StandardCharsets.UTF_8),
                    Files.isRegularFile(png, LinkOption.NOFOLLOW_LINKS)));
        } catch (IOException e) {
            throw new ConnectorException("Result " + json + " cannot be read (" + e + "); check who may read it.", e);
        }
    }
}
