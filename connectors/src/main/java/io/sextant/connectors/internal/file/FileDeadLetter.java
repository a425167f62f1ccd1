package io.sextant.connectors.internal.file;

import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.Rejection;
import io.sextant.core.file.Leftovers;
import java.nio.file.Path;
import java.util.Objects;

/** The folder of rejected images: each with a file beside it, {@code <name>.reason.json}, that says why. */
final class FileDeadLetter {
    private final Folder folder;
    private final FileParking parking;

    FileDeadLetter(Folder folder, FileParking parking) {
        this.folder = folder;
        this.parking = parking;
    }

    void open() {
        folder.create();
        Leftovers.delete(folder.path(), Integer.MAX_VALUE);
    }

    /** Writes the reason, then moves the image: a crash between the two repeats both, and loses neither. */
    void take(Path original, String name, Rejection rejection) {
        parking.park(original, folder, name, target -> {
            Path reason = target.resolveSibling(ResultNames.reason(
                    Objects.requireNonNull(target.getFileName()).toString()));
            AtomicFiles.write(reason, ReasonJson.of(name, rejection));
        });
    }
}
