package io.sextant.connectors.internal.file;

import io.sextant.connectors.internal.MessageNames;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.file.Leftovers;

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
        String file = makesAFile(name) ? name : MessageNames.unnamed(name);
        AtomicFiles.write(folder.creating(ResultNames.reason(file)), ReasonJson.of(name, letter));
        byte[] body = letter.body();
        AtomicFiles.write(folder.creating(file), body == null ? new byte[0] : body);
    }

    /** Whoever sends a message to an endpoint of Camel's may call it anything. */
    private boolean makesAFile(String name) {
        try {
            return PathFault.of(folder.creating(ResultNames.reason(name))) == null;
        } catch (InvalidImageException e) {
            return false;
        }
    }
}
