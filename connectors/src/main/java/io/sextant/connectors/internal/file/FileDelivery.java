package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.internal.Turns;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.core.error.InvalidImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of a watched folder. */
final class FileDelivery implements ImageDelivery {
    private static final Logger LOGGER = LoggerFactory.getLogger(FileDelivery.class);

    private final FileSource source;
    private final String name;
    private final Path file;
    private final FileStamp stamp;
    private final Turns.Turn turn;

    FileDelivery(FileSource source, String name, Path file, FileStamp stamp, Turns.Turn turn) {
        this.source = source;
        this.name = name;
        this.file = file;
        this.stamp = stamp;
        this.turn = turn;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int attempt() {
        return source.ledger().failures(file, stamp) + 1;
    }

    @Override
    public List<ImageRequest> requests() {
        return List.of(ImageRequest.of(name, this::read));
    }

    private byte[] read() {
        long limit = source.settings().maxImageBytes();
        if (stamp.size() > limit) {
            throw InvalidImageException.tooLarge(name, stamp.size(), limit);
        }
        if (stamp.size() == 0) {
            throw new InvalidImageException("Image \"" + name + "\" is empty; copy it again.");
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
        } catch (AccessDeniedException e) {
            throw new InvalidImageException(
                    "Image \"" + name + "\" may not be read by this process; change its permissions.", e);
        } catch (IOException e) {
            throw new ConnectorException("Image \"" + name + "\" cannot be read (" + e + "); check the disk.", e);
        }
    }

    @Override
    public boolean awaitTurn() {
        return turn.await();
    }

    @Override
    public void acknowledge() {
        if (hasChanged()) {
            return;
        }
        switch (source.settings().original()) {
            case STAY -> source.ledger().done(file, stamp);
            case MOVE -> moveAway();
            case DELETE -> delete();
        }
    }

    @Override
    public void reject(Rejection rejection) {
        if (hasChanged()) {
            return;
        }
        source.requireReal(name);
        source.deadLetter().take(file, name, rejection);
        source.ledger().forget(file);
    }

    @Override
    public Duration postpone() {
        return source.ledger().postpone(file, stamp);
    }

    private void moveAway() {
        source.requireReal(name);
        source.moveAway(file, name);
        source.ledger().forget(file);
    }

    private void delete() {
        source.requireReal(name);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ConnectorException(
                    "Image \"" + name + "\" is done but cannot be deleted (" + e + "); check who may write there.", e);
        }
        source.ledger().forget(file);
    }

    /** What was read is not what lies there now: someone writes it again, or has taken it away. */
    private boolean hasChanged() {
        boolean changed = !FileStamp.of(file).filter(stamp::equals).isPresent();
        if (changed) {
            source.ledger().forget(file);
            LOGGER.atInfo()
                    .addKeyValue("imageKey", name)
                    .log("image changed while it was processed, is looked at anew");
        }
        return changed;
    }
}
