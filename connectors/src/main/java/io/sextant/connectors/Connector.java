package io.sextant.connectors;

import org.apache.camel.CamelContext;

/**
 * Sources and sinks of one URI scheme.
 *
 * <p>What a connector guarantees: (1) making a source or sink checks everything that can be checked without touching
 * anything, so that a pipeline is refused whole or not at all; (2) what it made does nothing before {@code open()}; (3) one
 * connector serves all pipelines of an application and knows of all of them, so it notices when two get in each other's way.
 * It is used by one thread while pipelines are built.
 */
public interface Connector {

    /** The scheme, without the colon, for instance {@code file}. */
    String scheme();

    /**
     * A source of pictures.
     *
     * @throws io.sextant.core.error.ConfigurationException if the settings cannot be used
     */
    ImageSource source(SourceSettings settings, CamelContext context);

    /**
     * A place for results. The pipeline's source is made before its sinks.
     *
     * @throws io.sextant.core.error.ConfigurationException if the settings cannot be used
     */
    ResultSink sink(SinkSettings settings, CamelContext context);
}
