package io.sextant.connectors.internal.camel;

import io.sextant.connectors.CronTimes;
import io.sextant.connectors.internal.CronScheduler;
import io.sextant.core.error.ResourceExhaustedException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RouteAware;
import org.apache.camel.StartupListener;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Consumes from an endpoint of Camel's, and puts each exchange it brings through the route before it lets the endpoint have it back: done if
 * the image was answered or put aside, failed if not. So the component acknowledges, moves, answers or rolls back by its own rules.
 */
final class CamelSourceConsumer extends DefaultConsumer {
    private final CamelSource source;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Consumer consumer;

    CamelSourceConsumer(CamelSourceEndpoint endpoint, Processor processor, CamelSource source) {
        super(endpoint, processor);
        this.source = source;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = new CountDownLatch(1);
        Consumer made = source.from().createConsumer(this::bring);
        CronTimes cron = source.settings().cron();
        if (cron != null && made instanceof ScheduledPollConsumer polling) {
            polling.setScheduler(new CronScheduler(cron, Clock.systemDefaultZone()));
        }
        if (made instanceof RouteAware aware) {
            aware.setRoute(getRoute());
        }
        // As a route does with its own: a timer, for one, begins when the context has started.
        if (made instanceof StartupListener listener) {
            getEndpoint().getCamelContext().addStartupListener(listener);
        }
        consumer = made;
        ServiceHelper.startService(made);
    }

    @Override
    protected void doStop() throws Exception {
        stopping.countDown();
        ServiceHelper.stopAndShutdownService(consumer);
        consumer = null;
        super.doStop();
    }

    /**
     * As a route's own unit of work is: without one a component would never hear that its exchange is done, and a file, for instance, never
     * be moved.
     */
    private void bring(Exchange brought) throws Exception {
        if (brought.getUnitOfWork() != null) {
            take(brought);
            return;
        }
        UnitOfWork unit =
                PluginHelper.getUnitOfWorkFactory(brought.getContext()).createUnitOfWork(brought);
        brought.getExchangeExtension().setUnitOfWork(unit);
        try {
            take(brought);
        } catch (Exception e) {
            brought.setException(e);
        } finally {
            UnitOfWorkHelper.doneUow(unit, brought);
        }
    }

    /** Until the image is done with: where it is to come again, it does so here, since few endpoints would bring it again. */
    private void take(Exchange brought) throws Exception {
        CamelDelivery delivery = new CamelDelivery(source, brought);
        while (true) {
            delivery.begin();
            Exchange exchange = createExchange(false);
            try {
                exchange.setProperty(CamelDelivery.PROPERTY, delivery);
                getProcessor().process(exchange);
            } finally {
                releaseExchange(exchange, false);
            }
            if (delivery.isDone()) {
                return;
            }
            Duration pause = delivery.pause();
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                brought.setException(
                        new ResourceExhaustedException(
                                "Image \"" + delivery.name()
                                        + "\" was not answered before the pipeline was stopped; it is the endpoint's to bring it again."));
                return;
            }
        }
    }
}
