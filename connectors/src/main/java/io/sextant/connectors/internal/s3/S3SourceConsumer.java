package io.sextant.connectors.internal.s3;

import io.sextant.connectors.internal.SourceHealthCheck;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a bucket as Camel's schedule says, and hands one object after the other to the route, on the polling thread. Starting
 * it does not need S3; asked to stop, it ends after the objects at hand.
 */
final class S3SourceConsumer extends ScheduledPollConsumer implements HealthCheckAware {
    private static final Logger LOGGER = LoggerFactory.getLogger(S3SourceConsumer.class);

    private final S3Source source;
    private HealthCheck health;

    S3SourceConsumer(S3SourceEndpoint endpoint, Processor processor, S3Source source) {
        super(endpoint, processor);
        this.source = source;
        this.health = new SourceHealthCheck(
                "consumer:pipeline-" + source.settings().pipeline(),
                Map.of("place", source.place().toString()),
                source.state());
    }

    /** What Camel's check of consumers asks. */
    @Override
    public HealthCheck getHealthCheck() {
        return health;
    }

    @Override
    public void setHealthCheck(HealthCheck value) {
        // Camel brings its own at start, which tells nothing of a bucket that is away.
        if (value instanceof SourceHealthCheck) {
            health = value;
        }
    }

    @Override
    protected int poll() {
        return source.pass(this::process, () -> isRunAllowed() && !isSuspendingOrSuspended());
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        source.state().stopped();
    }

    private void process(S3Delivery delivery) {
        Exchange exchange = createExchange(false);
        exchange.getMessage()
                .setHeader(AWS2S3Constants.BUCKET_NAME, source.place().bucket());
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, delivery.key());
        exchange.setProperty(S3Delivery.PROPERTY, delivery);
        getAsyncProcessor().process(exchange, isDoneAtOnce -> end(exchange, delivery));
    }

    private void end(Exchange exchange, S3Delivery delivery) {
        try {
            if (delivery.isOpen()) {
                delivery.postpone();
                LOGGER.atError()
                        .addKeyValue("routeId", getRouteId())
                        .setCause(exchange.getException())
                        .log("route ended without a decision, image comes again");
            }
        } finally {
            delivery.end();
            releaseExchange(exchange, false);
        }
    }
}
