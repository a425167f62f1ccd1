package io.sextant.connectors.internal.s3;

import io.sextant.connectors.internal.CronScheduler;
import io.sextant.connectors.internal.SourceEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;

/** The endpoint behind an S3 source. Its URI carries no options, since they may be secrets. */
final class S3SourceEndpoint extends SourceEndpoint {
    private final S3Source source;
    private final S3SourceUri uri;

    S3SourceEndpoint(S3Source source, S3SourceUri uri, CamelContext context) {
        super(
                "sextant-s3:" + uri.place().toString().substring("s3:".length()) + "?pipeline="
                        + source.settings().pipeline(),
                "aws2-s3",
                context);
        this.source = source;
        this.uri = uri;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        S3SourceConsumer consumer = new S3SourceConsumer(this, processor, source);
        configureConsumer(consumer);
        uri.schedule(consumer);
        if (source.settings().cron() != null) {
            consumer.setScheduler(new CronScheduler(source.settings().cron(), source.clock()));
        }
        return consumer;
    }
}
