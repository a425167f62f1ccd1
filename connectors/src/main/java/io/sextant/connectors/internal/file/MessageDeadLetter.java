package io.sextant.connectors.internal.file;

import io.sextant.connectors.internal.MessageNames;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.file.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Rejected messages as files: {@code <name>.message} as it came, and {@code <name>.message.reason.json} with why, its key and its headers. */
final class MessageDeadLetter implements DeadLetterSink {
    private final Folder folder;

    MessageDeadLetter(Folder folder) {
        this.folder = folder;
    }

    @Override
    public void open() {
        folder.create();
        Leftovers.delete(folder.path(), Integer.MAX_VALUE);
    }

    @Override
    public void take(DeadLetter letter) {
        String name = MessageNames.message(letter.name());
        byte[] body = Objects.requireNonNullElse(letter.body(), new byte[0]);
        String own = makesAFile(name) ? name : MessageNames.unnamed(name);
        String file = isAnothers(folder.creating(own), body) ? MessageNames.another(own, body) : own;
        AtomicFiles.write(folder.creating(ResultNames.reason(file)), ReasonJson.of(name, letter));
        AtomicFiles.write(folder.creating(file), body);
    }

    private static boolean isAnothers(Path file, byte[] body) {
        try {
            return Files.exists(file)
                    && (Files.size(file) != body.length || !Arrays.equals(Files.readAllBytes(file), body));
        } catch (IOException e) {
            return true;
        }
    }

    /** Whoever sends a message to an endpoint of Camel's may call it anything. */
    private boolean makesAFile(String name) {
        try {
            return PathFault.of(folder.creating(ResultNames.reason(MessageNames.another(name, new byte[0])))) == null;
        } catch (InvalidImageException e) {
            return false;
        }
    }
}
