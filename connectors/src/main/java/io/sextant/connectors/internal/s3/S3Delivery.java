package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.internal.Turns;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.payload.IncomingMessage;
import io.sextant.core.error.InvalidImageException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One object of a bucket. */
final class S3Delivery implements ImageDelivery {
    /** Exchange property: the delivery that is under way. */
    static final String PROPERTY = "SextantS3Delivery";

    private static final Logger LOGGER = LoggerFactory.getLogger(S3Delivery.class);

    private final S3Source source;
    private final S3Stamp stamp;
    private final String name;
    private final Turns.Turn turn;
    private boolean hasGone;
    private boolean isDrawing;
    private boolean isUnreadable;
    private boolean isOpen = true;

    /** From now on the object is being worked on, until {@link #end}. */
    S3Delivery(S3Source source, S3Stamp stamp, Turns.Turn turn) {
        this.source = source;
        this.stamp = stamp;
        this.name = source.nameOf(stamp.key());
        this.turn = turn;
        source.ledger().begin(stamp);
    }

    /** Everything is decided: the object is no longer being worked on, and those behind it go on. May be called again. */
    void end() {
        isOpen = false;
        source.ledger().end(stamp);
        turn.end();
    }

    /** Whether nothing was decided yet. */
    boolean isOpen() {
        return isOpen;
    }

    String key() {
        return stamp.key();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int attempt() {
        return source.ledger().failures(stamp) + 1;
    }

    /** Reads the object now: one that has gone or changed since it was listed brings nothing, and is looked at anew. */
    @Override
    public List<ImageRequest> requests() {
        Optional<S3Content> content = asking(this::read);
        if (content.isEmpty() || !stamp.isOf(content.get().tag())) {
            hasGone = true;
            return List.of();
        }
        // The source may have failed to look.
        isDrawing = S3Objects.isDrawing(stamp.key(), content.get().bytes());
        if (isDrawing) {
            return List.of();
        }
        return source.payloads()
                .read(new IncomingMessage(name, null, content.get().bytes(), List.of()));
    }

    private Optional<S3Content> read() {
        try {
            return source.objects().read(stamp.key(), source.settings().maxImageBytes());
        } catch (ConnectorException e) {
            isUnreadable = true;
            throw e;
        }
    }

    @Override
    public boolean awaitTurn() {
        boolean hasCome = turn.await();
        if (!hasCome) {
            end();
        }
        return hasCome;
    }

    @Override
    public void acknowledge() {
        if (isDrawing) {
            source.leaveOut(stamp);
            end();
            return;
        }
        boolean isUnchanged = !hasGone && asking(this::putAway);
        if (!isUnchanged) {
            source.ledger().forget(stamp);
            LOGGER.atInfo()
                    .addKeyValue("imageKey", name)
                    .log("image has gone or changed while it was processed, is looked at anew");
        }
        end();
    }

    private boolean putAway() {
        return switch (source.settings().original()) {
            case STAY -> {
                source.ledger().done(stamp);
                yield true;
            }
            case MOVE -> forgetting(source.moved().park(stamp, name, key -> {}));
            case DELETE -> {
                boolean isCurrent =
                        source.objects().tag(stamp.key()).filter(stamp::isOf).isPresent();
                if (isCurrent) {
                    source.objects().delete(stamp.key());
                }
                yield forgetting(isCurrent);
            }
        };
    }

    /** The reason is written first: a crash between the two repeats both, and loses neither. */
    @Override
    public void reject(Rejection rejection) {
        byte[] reason = ReasonJson.of(name, rejection);
        asking(() -> {
            if (stamp.size() > S3Objects.MOST_BYTES_COPIED) {
                return rejectInPlace(reason);
            }
            try {
                return forgetting(source.rejected()
                        .park(stamp, name, key -> source.rejected().write(S3Keys.reason(key), reason)));
            } catch (InvalidImageException e) {
                // What cannot be read cannot be copied either; its reason is written by now.
                source.ledger().done(stamp);
                return true;
            } catch (ConnectorException e) {
                if (!isUnreadable) {
                    throw e;
                }
                // The same, unless S3 takes no reason either.
                return rejectInPlace(reason);
            }
        });
        end();
    }

    /** The object stays where it is; every process tells of it once. */
    private boolean rejectInPlace(byte[] reason) {
        S3Parking rejected = source.rejected();
        rejected.write(S3Keys.reason(rejected.keyOf(stamp, name)), reason);
        source.ledger().done(stamp);
        return true;
    }

    @Override
    public Duration postpone() {
        Duration pause = source.ledger().postpone(stamp);
        end();
        return pause;
    }

    private boolean forgetting(boolean result) {
        source.ledger().forget(stamp);
        return result;
    }

    /** What S3 does not let this source do now, it does not let it do with the next object either: the source pauses. */
    private <T> T asking(Supplier<T> request) {
        try {
            return request.get();
        } catch (ConnectorException e) {
            source.isDown(e);
            throw e;
        }
    }
}
