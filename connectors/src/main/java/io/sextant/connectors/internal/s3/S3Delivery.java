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
        long limit = source.settings().maxImageBytes();
        Optional<S3Content> content = asking(() -> source.objects().read(stamp.key(), limit));
        if (content.isEmpty() || !stamp.isOf(content.get().tag())) {
            hasGone = true;
            return List.of();
        }
        return source.payloads()
                .read(new IncomingMessage(name, null, content.get().bytes(), List.of()));
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
        S3Parking rejected = source.rejected();
        asking(() -> {
            if (stamp.size() > S3Objects.MOST_BYTES_COPIED) {
                // Stays where it is, told once by every process.
                rejected.write(S3Keys.reason(rejected.keyOf(name)), reason);
                source.ledger().done(stamp);
                return true;
            }
            try {
                return forgetting(rejected.park(stamp, name, key -> rejected.write(S3Keys.reason(key), reason)));
            } catch (InvalidImageException e) {
                // What cannot be read cannot be copied either; its reason is written by now.
                source.ledger().done(stamp);
                return true;
            }
        });
        end();
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
