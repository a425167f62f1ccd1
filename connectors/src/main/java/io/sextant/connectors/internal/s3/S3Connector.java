package io.sextant.connectors.internal.s3;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.ResultSink;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.core.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;

/** The {@code s3:} scheme. One instance serves all pipelines of an application. */
public final class S3Connector implements Connector {
    private final Map<String, String> shared;
    private final S3Clients clients = new S3Clients();

    /** With no settings but those of URIs. */
    public S3Connector() {
        this(Map.of());
    }

    /** @param shared what stands under {@code sextant.s3.}, by key */
    public S3Connector(Map<String, String> shared) {
        this.shared = Map.copyOf(shared);
    }

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public Connector withSettings(Map<String, String> settings) {
        return new S3Connector(settings);
    }

    @Override
    public ImageSource source(SourceSettings settings, CamelContext context) {
        throw new ConfigurationException(
                "from=" + S3Place.withoutOptions(settings.uri()) + ": buckets are no source yet.");
    }

    @Override
    public ResultSink sink(SinkSettings settings, CamelContext context) {
        throw new ConfigurationException("to=" + S3Place.withoutOptions(settings.uri()) + ": buckets are no sink yet.");
    }

    @Override
    public ReferenceReader references(List<String> allowed, CamelContext context) {
        S3Settings settings = S3Settings.of(shared);
        List<S3References.Allowed> places = new ArrayList<>();
        for (String one : allowed) {
            S3Uri uri = S3Uri.parse("references", one, Set.of(), settings, context);
            places.add(new S3References.Allowed(
                    uri.place(),
                    new S3Objects(clients.client(uri, context), uri.place().bucket())));
        }
        return new S3References(places);
    }
}
