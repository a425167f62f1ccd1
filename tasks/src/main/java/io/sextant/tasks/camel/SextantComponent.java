package io.sextant.tasks.camel;

import io.sextant.core.image.ImageDecoder;
import io.sextant.tasks.TaskRunner;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** The Camel component {@code sextant}: {@code to("sextant:detection?prompt=cups")} from any route. */
@Component("sextant")
public class SextantComponent extends DefaultComponent {
    @Metadata(autowired = true, description = "What answers; by default the one TaskRunner of the registry")
    private @Nullable TaskRunner runner;

    @Metadata(
            autowired = true,
            label = "advanced",
            description = "What reads images; by default the one ImageDecoder of the registry, or one with the default"
                    + " limits that turns images upright")
    private @Nullable ImageDecoder decoder;

    /** For Camel, which finds the component by its name. */
    public SextantComponent() {}

    /** A component of a context. */
    public SextantComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SextantEndpoint endpoint = new SextantEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** What answers, or null while none is set. */
    public @Nullable TaskRunner getRunner() {
        return runner;
    }

    /** Sets what answers, for all endpoints that set none themselves. */
    public void setRunner(@Nullable TaskRunner runner) {
        this.runner = runner;
    }

    /** What reads images, or null while none is set. */
    public @Nullable ImageDecoder getDecoder() {
        return decoder;
    }

    /** Sets what reads images, for all endpoints that set none themselves. */
    public void setDecoder(@Nullable ImageDecoder decoder) {
        this.decoder = decoder;
    }
}
