package io.sextant.connectors;

import io.sextant.connectors.archive.ClaimSink;
import io.sextant.connectors.archive.ImageArchive;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.letter.MessageReturn;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Sources and sinks of one URI scheme.
 *
 * <p>What a connector guarantees: (1) making a source or sink checks everything that can be checked without touching
 * anything, so that a pipeline is refused whole or not at all; (2) what it made does nothing before {@code open()}; (3) one
 * connector serves all pipelines of an application and knows of all of them, so it notices when two get in each other's way;
 * (4) it declares all that others need to know of it: its keys, its notifications, and by the consumers of its sources, which are
 * {@link org.apache.camel.health.HealthCheckAware}, whether they reach what they read from.
 * It is used by one thread while pipelines are built.
 */
public interface Connector {

    /** The scheme, without the colon, for instance {@code file}. */
    String scheme();

    /**
     * A source of images.
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

    /** Its keys under {@code sextant.<scheme>.}, which it is told by {@link #withSettings}. */
    default ConnectorKeys keys() {
        return ConnectorKeys.NONE;
    }

    /**
     * A connector that is told what holds for all its sources and sinks.
     *
     * @param settings what stands under {@code sextant.<scheme>.}, by key: those of {@link #keys} and no others
     * @throws io.sextant.core.error.ConfigurationException if a value cannot be used, naming its key
     */
    default Connector withSettings(Map<String, String> settings) {
        return this;
    }

    /** How its store tells of new images in messages that another connector brings; empty, the default, if it does not. */
    default Optional<NotificationFormat> notifications() {
        return Optional.empty();
    }

    /** Whether its sources bring messages, which a sender or a broker may send twice; else what comes is known by its place. */
    default boolean bringsMessages() {
        return false;
    }

    /** Whether what its sources bring has headers, which a task may read. */
    default boolean bringsHeaders() {
        return bringsMessages();
    }

    /** Whether its sources can hand rejected messages to another connector's place. */
    default boolean sendsDeadLettersElsewhere() {
        return false;
    }

    /**
     * A place for rejected messages of another connector's source.
     *
     * @param pipeline the pipeline's name, for messages
     * @param uri where they go
     * @throws io.sextant.core.error.ConfigurationException if the settings cannot be used, or the connector has none
     */
    default DeadLetterSink deadLetter(String pipeline, String uri, CamelContext context) {
        throw new ConfigurationException("dead-letter=" + UriOptions.without(uri) + ": \"" + scheme()
                + ":\" holds no dead letters of another source.");
    }

    /**
     * Dead letters of this connector's messages, to be read again.
     *
     * @param pipeline the pipeline's name, for messages
     * @param from where the pipeline's messages come from, or null if the letters are of no pipeline there is now; tells how
     *     to connect
     * @param place where the letters lie, or null for the usual place of messages from there
     * @param context by whose components URIs are read; it need not be started
     * @throws io.sextant.core.error.ConfigurationException if that cannot be used, or the connector has none
     */
    default DeadLetterArchive archive(
            String pipeline, @Nullable String from, @Nullable String place, CamelContext context) {
        throw new ConfigurationException("Dead letters of \"" + scheme()
                + ":\" cannot be replayed by a command; put what was" + " rejected back where it came from.");
    }

    /**
     * What sends messages of dead letters to topics again.
     *
     * @param from where the pipeline's messages come from, or null for what is configured for all; tells how to connect
     * @throws io.sextant.core.error.ConfigurationException if that cannot be used, or the connector has no topics
     */
    default MessageReturn messageReturn(@Nullable String from) {
        throw new ConfigurationException("\"" + scheme() + ":\" takes no messages back.");
    }

    /**
     * What reads images that messages refer to by this connector's scheme.
     *
     * @param allowed URIs of this scheme: folders or key prefixes below which everything may be read
     * @throws io.sextant.core.error.ConfigurationException if the settings cannot be used, or nothing can be referred to so
     */
    default ReferenceReader references(List<String> allowed, CamelContext context) {
        throw new ConfigurationException(
                "references=" + allowed + ": images of messages cannot be referred to by \"" + scheme() + ":\".");
    }

    /**
     * All images below a place, to be put to a topic.
     *
     * @param uri the place, as sources and references name it
     * @throws io.sextant.core.error.ConfigurationException if it cannot be listed, or messages cannot refer to what lies there
     */
    default ImageArchive images(String uri, CamelContext context) {
        throw new ConfigurationException(
                "\"" + scheme() + ":\" holds no archive of images; name a folder or a bucket.");
    }

    /**
     * What takes claim checks.
     *
     * @param uri where they go
     * @throws io.sextant.core.error.ConfigurationException if that cannot be used, or the connector brings no messages
     */
    default ClaimSink claims(String uri) {
        throw new ConfigurationException("\"" + scheme() + ":\" takes no claim checks; name a topic.");
    }
}
