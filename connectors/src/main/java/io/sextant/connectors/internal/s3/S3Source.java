package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.SourceStatistics;
import io.sextant.connectors.internal.SourceState;
import io.sextant.connectors.internal.Turns;
import io.sextant.connectors.internal.WrittenNames;
import io.sextant.connectors.payload.PayloadReader;
import io.sextant.connectors.result.ResultSink;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket, or below a prefix. Its consumer's polling thread looks for what is due; the deliveries are worked on by others. */
final class S3Source implements ImageSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(S3Source.class);

    private final SourceSettings settings;
    private final S3Place place;
    private final @Nullable String delimiter;
    private final S3Objects objects;
    private final @Nullable S3Parking moved;
    private final S3Parking rejected;
    private final Predicate<String> isOutput;
    private final S3Ledger ledger;
    private final Turns turns = new Turns();
    private final int workers;
    private final PayloadReader payloads;
    private final Clock clock;
    private final SourceState state = new SourceState("not asked yet");
    private final Endpoint endpoint;

    /**
     * @param moved where originals go, or null if they do not move
     * @param isOutput tells keys that a pipeline wrote
     */
    S3Source(
            SourceSettings settings,
            S3SourceUri uri,
            S3Objects objects,
            @Nullable S3Parking moved,
            S3Parking rejected,
            Predicate<String> isOutput,
            Clock clock,
            CamelContext context) {
        this.settings = settings;
        this.place = uri.place();
        this.delimiter = uri.delimiter();
        this.workers = uri.workers();
        this.objects = objects;
        this.moved = moved;
        this.rejected = rejected;
        this.isOutput = isOutput;
        this.clock = clock;
        this.ledger = new S3Ledger(clock, settings.retryDelay(), settings.maxRetryDelay());
        this.payloads = new PayloadReader(settings.references(), settings.maxImageBytes(), state.leftOut());
        this.endpoint = new S3SourceEndpoint(this, uri, context);
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    /** S3 may be away now; it is asked when the source polls. */
    @Override
    public void open() {}

    @Override
    public Optional<ImageDelivery> delivery(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(S3Delivery.PROPERTY, S3Delivery.class));
    }

    Clock clock() {
        return clock;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public Optional<ResultSink> beside(List<String> steps) {
        return Optional.empty();
    }

    @Override
    public SourceStatistics statistics() {
        return state.statistics();
    }

    /** What was answered before a restart is known from the results alone. */
    @Override
    public boolean needsResultsThatCanBeFound() {
        return true;
    }

    /**
     * Looks at everything there is once, and hands over what is due, one object after the other. Ends early where S3 fails.
     *
     * @param process takes a delivery over, and ends it some time
     * @param isGoingOn asked before each object
     * @return how many objects were handed over
     */
    int pass(Consumer<S3Delivery> process, BooleanSupplier isGoingOn) {
        int taken = 0;
        String continuation = null;
        ledger.beginPass();
        state.leftOut().reset();
        try {
            do {
                ListObjectsV2Response page = objects.list(place, delimiter, null, continuation);
                isBack();
                for (S3Object object : page.contents()) {
                    if (!isGoingOn.getAsBoolean() || state.isDown()) {
                        return taken;
                    }
                    S3Stamp stamp =
                            new S3Stamp(object.key(), S3Stamp.tag(object.eTag()), object.size(), object.lastModified());
                    if (isTaken(stamp, isGoingOn)) {
                        process.accept(new S3Delivery(this, stamp, turns.take()));
                        taken++;
                    }
                }
                continuation = S3Objects.continuation(page);
            } while (continuation != null);
            ledger.endPass();
        } catch (ConnectorException e) {
            // Asked to stop, Camel interrupts a listing.
            if (isGoingOn.getAsBoolean()) {
                isDown(e);
            }
        }
        return taken;
    }

    private boolean isTaken(S3Stamp stamp, BooleanSupplier isGoingOn) {
        if (isWritten(stamp.key())) {
            state.leftOut().increment();
            return false;
        }
        if (!ledger.isDue(stamp)) {
            return false;
        }
        try {
            if (objects.isDrawing(stamp.key())) {
                leaveOut(stamp);
                return false;
            }
        } catch (ConnectorException e) {
            if (!isGoingOn.getAsBoolean()) {
                return false;
            }
            // Its delivery meets the same failure, waits and counts, so that the next pass gets behind it.
            isDown(e);
        }
        return true;
    }

    /** This content of the object is output, and not looked at again. */
    void leaveOut(S3Stamp stamp) {
        state.leftOut().increment();
        ledger.done(stamp);
    }

    private boolean isWritten(String key) {
        return WrittenNames.isWritten(key) || WrittenNames.isHidden(nameOf(key)) || isOutput.test(key);
    }

    /** The key without the folder that is read. */
    String nameOf(String key) {
        return key.substring(place.folder().length());
    }

    void isDown(ConnectorException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (state.down(reason, clock.instant())) {
            LOGGER.atWarn()
                    .addKeyValue("routeId", "pipeline-" + settings.pipeline())
                    .addKeyValue("error", reason)
                    .log("source is down, goes on by itself when the cause is gone");
        }
    }

    private void isBack() {
        if (state.up()) {
            LOGGER.atInfo()
                    .addKeyValue("routeId", "pipeline-" + settings.pipeline())
                    .addKeyValue("from", place)
                    .log("source is up");
        }
    }

    SourceSettings settings() {
        return settings;
    }

    S3Place place() {
        return place;
    }

    S3Objects objects() {
        return objects;
    }

    S3Ledger ledger() {
        return ledger;
    }

    SourceState state() {
        return state;
    }

    PayloadReader payloads() {
        return payloads;
    }

    S3Parking moved() {
        return Objects.requireNonNull(moved, "a place for originals that move");
    }

    S3Parking rejected() {
        return rejected;
    }
}
