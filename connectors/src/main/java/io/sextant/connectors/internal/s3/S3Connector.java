package io.sextant.connectors.internal.s3;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorKeys;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.NotificationFormat;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.archive.ImageArchive;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ConfigurationException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** The {@code s3:} scheme. One instance serves all pipelines of an application. */
public final class S3Connector implements Connector {
    private final Clock clock;
    private final Map<String, String> shared;
    private final S3Claims claims = new S3Claims();
    private final S3Clients clients = new S3Clients();

    /** With the system's clock, and no settings but those of URIs. */
    public S3Connector() {
        this(Clock.systemUTC(), Map.of());
    }

    /**
     * @param clock tells when an object may be tried again
     * @param shared what stands under {@code sextant.s3.}, by key
     */
    public S3Connector(Clock clock, Map<String, String> shared) {
        this.clock = clock;
        this.shared = Map.copyOf(shared);
    }

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public ConnectorKeys keys() {
        return new ConnectorKeys(S3Settings.KEYS, false);
    }

    @Override
    public Optional<NotificationFormat> notifications() {
        return Optional.of(new S3Notification());
    }

    @Override
    public Connector withSettings(Map<String, String> settings) {
        S3Settings.of(settings);
        return new S3Connector(clock, settings);
    }

    @Override
    public ImageSource source(SourceSettings settings, CamelContext context) {
        S3Settings common = S3Settings.of(shared);
        S3SourceUri uri = S3SourceUri.parse(settings.uri(), common, context);
        S3Place rejects = place("dead-letter", settings.deadLetter(), uri.place(), "rejected/");
        String server = server(uri.uri());
        claims.watch(settings.pipeline(), server, uri.place());
        claims.output(settings.pipeline(), server, "dead-letter", rejects, List.of());
        S3Objects objects = objects(uri.uri(), context);
        S3Parking moved = null;
        if (settings.original() == OriginalPolicy.MOVE) {
            S3Place done = place("move-to", settings.moveTo(), uri.place(), "done/");
            claims.output(settings.pipeline(), server, "move-to", done, List.of());
            moved = new S3Parking(objects, done);
        }
        return new S3Source(
                settings,
                uri,
                objects,
                moved,
                new S3Parking(objects, rejects),
                key -> claims.isOutput(server, uri.place(), key),
                clock,
                context);
    }

    @Override
    public ResultSink sink(SinkSettings settings, CamelContext context) {
        S3Uri uri = S3Uri.parse("to", settings.uri(), S3Writing.OPTIONS, S3Settings.of(shared), context);
        claims.output(settings.pipeline(), server(uri), "to", uri.place(), settings.steps());
        return new S3Sink(uri.place(), objects(uri, context));
    }

    @Override
    public DeadLetterSink deadLetter(String pipeline, String text, CamelContext context) {
        S3Uri uri = S3Uri.parse("dead-letter", text, S3Writing.OPTIONS, S3Settings.of(shared), context);
        claims.letters(pipeline, server(uri), uri.place());
        return new S3MessageDeadLetter(uri.place(), objects(uri, context));
    }

    /** For messages of another connector's source; images that were rejected are put back by hand. */
    @Override
    public DeadLetterArchive archive(
            String pipeline, @Nullable String from, @Nullable String place, CamelContext context) {
        if (place == null || (from != null && from.startsWith("s3:"))) {
            return Connector.super.archive(pipeline, from, place, context);
        }
        S3Uri uri = S3Uri.parse("dead-letter", place, S3Writing.OPTIONS, S3Settings.of(shared), context);
        return new S3MessageArchive(uri.place(), objects(uri, context));
    }

    @Override
    public ReferenceReader references(List<String> allowed, CamelContext context) {
        S3Settings settings = S3Settings.of(shared);
        List<S3References.Allowed> places = new ArrayList<>();
        for (String one : allowed) {
            S3Uri uri = S3Uri.parse("references", one, Set.of(), settings, context);
            places.add(new S3References.Allowed(uri.place(), server(uri), objects(uri, context)));
        }
        return new S3References(places, claims);
    }

    @Override
    public ImageArchive images(String text, CamelContext context) {
        S3Uri uri = S3Uri.parse("from", text, Set.of(), S3Settings.of(shared), context);
        return new S3Images(uri.place(), objects(uri, context));
    }

    private S3Objects objects(S3Uri uri, CamelContext context) {
        return new S3Objects(
                clients.client(uri, context),
                uri.place().bucket(),
                new S3Writing(uri.endpoint().getConfiguration()));
    }

    /** A place of the same server as the source's, since objects move within S3. */
    private static S3Place place(String key, @Nullable String configured, S3Place source, String usual) {
        if (configured == null) {
            return new S3Place(source.bucket(), source.folder() + usual);
        }
        if (configured.indexOf('?') >= 0) {
            throw new ConfigurationException(key + "=" + UriOptions.without(configured)
                    + " takes no options; objects move within the S3 they come from.");
        }
        return S3Place.parse(key, configured);
    }

    /** Buckets of one name on two servers are two. */
    private static String server(S3Uri uri) {
        return uri.options().getOrDefault("uriEndpointOverride", "");
    }
}
