package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.internal.MessageNames;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.StoredLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder of rejected messages, as {@link MessageDeadLetter} writes it. What was replayed moves to {@code replayed} in it. */
final class MessageArchive implements DeadLetterArchive {
    private final Folder folder;

    MessageArchive(Folder folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return "file:" + folder.path();
    }

    @Override
    public void forEach(Consumer<StoredLetter> reader) {
        for (String name : names()) {
            read(name).ifPresent(reader);
        }
    }

    /** The message goes first: a crash between the two leaves a reason without a message, which is passed over. */
    @Override
    public void markReplayed(StoredLetter letter) {
        String reason = ResultNames.reason(letter.position());
        AtomicFiles.move(folder.existing(letter.position()), folder.creating(MessageNames.replayed(letter.position())));
        AtomicFiles.move(folder.existing(reason), folder.creating(MessageNames.replayed(reason)));
    }

    @Override
    public void close() {}

    private List<String> names() {
        try (Stream<Path> walk = Files.walk(folder.path())) {
            return walk.filter(Files::isRegularFile)
                    .map(folder::nameOf)
                    .filter(MessageNames::isWaiting)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(place(), e);
        }
    }

    private Optional<StoredLetter> read(String name) {
        Path message = folder.existing(name);
        Path reason = folder.existing(ResultNames.reason(name));
        try {
            if (!Files.isRegularFile(reason)) {
                return Optional.empty();
            }
            return Optional.of(ReasonJson.read(name, Files.readAllBytes(reason), Files.readAllBytes(message)));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(reason.toString(), e);
        }
    }

    private static ConnectorException unreadable(String place, Exception cause) {
        return new ConnectorException(
                "Dead letters cannot be read: " + place + " (" + cause + "); check the disk, or move that file away.",
                cause);
    }
}
