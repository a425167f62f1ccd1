package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.internal.SourceHealthCheck;
import io.sextant.connectors.internal.SourceState;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the threads of a Kafka source: one that polls, and workers that run the route. Starting it does not need the broker;
 * stopping it waits for what is being processed, then commits and leaves the group.
 */
final class KafkaSourceConsumer extends DefaultConsumer implements HealthCheckAware {
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaSourceConsumer.class);
    private static final Duration WORKER_PATIENCE = Duration.ofMillis(100);
    private static final Duration WAITING = Duration.ofMillis(100);

    private final KafkaSourceUri source;
    private final String pipeline;
    private final Clock clock;
    private final SourceState state;
    private volatile boolean isPolling;
    private @Nullable AdmissionQueue queue;
    private @Nullable ExecutorService poller;
    private @Nullable ExecutorService workers;
    private HealthCheck health;

    KafkaSourceConsumer(
            KafkaSourceEndpoint endpoint,
            Processor processor,
            KafkaSourceUri source,
            String pipeline,
            SourceState state,
            Clock clock) {
        super(endpoint, processor);
        this.source = source;
        this.pipeline = pipeline;
        this.state = state;
        this.clock = clock;
        this.health = new SourceHealthCheck(
                "consumer:pipeline-" + pipeline,
                Map.of("topics", String.join(",", source.topics()), "brokers", source.brokers()),
                state);
    }

    /** What Camel's check of consumers asks. */
    @Override
    public HealthCheck getHealthCheck() {
        return health;
    }

    @Override
    public void setHealthCheck(HealthCheck value) {
        health = value;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        AdmissionQueue admissions = new AdmissionQueue(source.limits(), source.isOrdered(), clock);
        KafkaLoop loop = new KafkaLoop(
                new KafkaLoop.Settings(
                        source.topics(),
                        source.brokers(),
                        source.pollTimeout(),
                        source.commitInterval(),
                        source.handover()),
                () -> KafkaClients.consumer(source.kafka()),
                admissions,
                state,
                clock);
        queue = admissions;
        isPolling = true;
        var threads = getEndpoint().getCamelContext().getExecutorServiceManager();
        ExecutorService polling = threads.newSingleThreadExecutor(this, "sextant-kafka-" + pipeline + "-poll");
        ExecutorService working =
                threads.newFixedThreadPool(this, "sextant-kafka-" + pipeline + "-work", source.workers());
        poller = polling;
        workers = working;
        polling.execute(() -> poll(loop));
        for (int i = 0; i < source.workers(); i++) {
            working.execute(() -> work(admissions));
        }
    }

    @Override
    protected void doStop() throws Exception {
        AdmissionQueue admissions = queue;
        if (admissions != null) {
            admissions.close();
            // Camel gives up on a route that takes longer to stop; leave it the rest for what comes after.
            long patience =
                    getEndpoint().getCamelContext().getShutdownStrategy().getTimeout() * 800;
            if (!admissions.awaitIdle(Duration.ofMillis(patience))) {
                LOGGER.atWarn()
                        .addKeyValue("routeId", getRouteId())
                        .log("stopped while messages were processed, they come again");
            }
        }
        isPolling = false;
        stop(poller);
        stop(workers);
        state.stopped();
        super.doStop();
    }

    private void stop(@Nullable ExecutorService threads) throws InterruptedException {
        if (threads != null) {
            threads.shutdown();
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads);
            }
        }
    }

    private void poll(KafkaLoop loop) {
        try {
            while (isPolling) {
                try {
                    loop.runOnce();
                    if (loop.isWaiting()) {
                        TimeUnit.MILLISECONDS.sleep(WAITING.toMillis());
                    }
                } catch (InterruptException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (RuntimeException | Error e) { // want of memory above all
                    if (state.down(e.toString(), clock.instant())) {
                        LOGGER.atError()
                                .addKeyValue("routeId", getRouteId())
                                .setCause(e)
                                .log("polling failed, goes on");
                    }
                }
            }
        } finally {
            loop.close();
        }
    }

    private void work(AdmissionQueue admissions) {
        try {
            while (!admissions.isClosed()) {
                Optional<Admission> admission = admissions.next(WORKER_PATIENCE);
                if (admission.isPresent()) {
                    process(admissions, admission.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void process(AdmissionQueue admissions, Admission admission) {
        KafkaReceipt receipt = new KafkaReceipt(admissions, admission);
        Exchange exchange = createExchange(false);
        try {
            ConsumerRecord<byte[], byte[]> message = admission.message();
            exchange.getMessage().setBody(message.value());
            exchange.getMessage().setHeader(KafkaConstants.TOPIC, message.topic());
            exchange.getMessage().setHeader(KafkaConstants.PARTITION, message.partition());
            exchange.getMessage().setHeader(KafkaConstants.OFFSET, message.offset());
            exchange.getMessage().setHeader(KafkaConstants.KEY, message.key());
            exchange.setProperty(KafkaReceipt.PROPERTY, receipt);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            if (receipt.isOpen()) {
                receipt.postpone(Duration.ofSeconds(1));
                LOGGER.atError()
                        .addKeyValue("routeId", getRouteId())
                        .setCause(exchange.getException())
                        .log("route ended without a decision, message comes again");
            }
            releaseExchange(exchange, false);
        }
    }
}
