package io.sextant.connectors.internal.file;

import io.sextant.connectors.internal.MessageNames;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;

/** Rejected messages as files: {@code <name>.message} as it came, and {@code <name>.message.reason.json} with why, its key and its headers. */
final class MessageDeadLetter implements DeadLetterSink {
    private final Folder folder;
    private final AtomicFiles files;

    MessageDeadLetter(Folder folder, AtomicFiles files) {
        this.folder = folder;
        this.files = files;
    }

    @Override
    public void open() {
        folder.create();
        files.deleteLeftovers(folder.path(), Integer.MAX_VALUE);
    }

    @Override
    public void take(DeadLetter letter) {
        String name = MessageNames.message(letter.name());
        files.write(folder.creating(ResultNames.reason(name)), ReasonJson.of(name, letter));
        byte[] body = letter.body();
        files.write(folder.creating(name), body == null ? new byte[0] : body);
    }
}
