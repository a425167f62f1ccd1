package io.sextant.connectors.internal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.core.error.ConfigurationException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3ConnectorTest {
    private static final Map<String, String> KEYS =
            Map.of("endpoint", "http://127.0.0.1:1", "access-key", "who", "secret-key", "se/cret+key=");

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void asksNothingOfS3WhenItIsMade() {
        S3Connector connector = connector(KEYS);
        assertThatCode(() -> {
                    connector
                            .source(settings("p", "s3:bucket/photos", OriginalPolicy.MOVE), context)
                            .open();
                    connector.sink(sink("p", "s3:bucket/results"), context).open();
                    connector.deadLetter("q", "s3://other/rejects", context).open();
                    connector.references(List.of("s3://bucket/library"), context);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheSettingThatIsWrongAndNeverShowsASecret() {
        settingRefused("secret-key", null).hasMessageContaining("sextant.s3.secret-key is missing");
        settingRefused("access-key", null).hasMessageContaining("sextant.s3.access-key is missing");
        settingRefused("secret-key", "hush hush\n")
                .hasMessageContaining("sextant.s3.secret-key is malformed")
                .hasMessageNotContaining("hush");
        settingRefused("access-key", "").hasMessageContaining("sextant.s3.access-key is malformed");
        settingRefused("endpoint", "127.0.0.1:9000")
                .hasMessageContaining("sextant.s3.endpoint=127.0.0.1:9000 is no URL");
        settingRefused("endpoint", "ftp://here").hasMessageContaining("is no URL");
        settingRefused("region", "Europe!").hasMessageContaining("sextant.s3.region=Europe!");
        settingRefused("path-style", "maybe").hasMessageContaining("sextant.s3.path-style=maybe");
        settingRefused("acces-key", "x")
                .hasMessageContaining("sextant.s3.acces-key is no key")
                .hasMessageContaining("sextant.s3.access-key");
        refused("s3:bucket?accessKey=a&secretKey=RAW(hush hush)")
                .hasMessageContaining("option secretKey is malformed")
                .hasMessageNotContaining("hush");
    }

    @Test
    void saysWhereCredentialsMayStandWhenThereAreNone() {
        Map<String, String> none = Map.of("endpoint", "http://127.0.0.1:1");
        assertThatThrownBy(() -> connector(none)
                        .source(
                                settings(
                                        "p",
                                        "s3:bucket?useProfileCredentialsProvider=true&profileCredentialsName=nobody",
                                        OriginalPolicy.STAY),
                                context))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("from=s3:bucket has no credentials")
                .hasMessageContaining("sextant.s3.access-key and sextant.s3.secret-key");
    }

    @Test
    void refusesOptionsThatKeysStandForAndThoseThereAreNot() {
        refused("s3:bucket?deleteAfterRead=true")
                .hasMessageContaining("leave the option deleteAfterRead out")
                .hasMessageContaining("\"original\"");
        refused("s3:bucket?prefx=a")
                .hasMessageContaining("takes no option prefx")
                .hasMessageContaining("prefix");
        refused("s3:bucket?delay=soon").hasMessageContaining("Camel's aws2-s3 component");
        refused("s3:bucket/a?prefix=b").hasMessageContaining("names a prefix twice");
        refused("s3:").hasMessageContaining("is no bucket's name");
        refused("s3:bucket/../x").hasMessageContaining("\"..\"");
        assertThatThrownBy(() -> connector(KEYS).references(List.of("s3://bucket?prefix=photos"), context))
                .as("would allow the whole bucket")
                .hasMessageContaining("references=s3://bucket takes no option prefix");
        assertThatThrownBy(() -> connector(KEYS).sink(sink("p", "s3:bucket/r?delay=5"), context))
                .hasMessageContaining("to=s3:bucket/r takes no option delay");
    }

    @Test
    void refusesOutputWhereInputComesFrom() {
        S3Connector connector = connector(KEYS);
        connector.source(settings("p", "s3:bucket/photos", OriginalPolicy.STAY), context);
        for (String place : List.of("s3:bucket/photos", "s3:bucket")) {
            assertThatThrownBy(() -> connector.sink(sink("p", place), context))
                    .hasMessageContaining("takes images from");
            assertThatThrownBy(() -> connector.sink(sink("another", place), context))
                    .hasMessageContaining("takes images from");
        }
        assertThatCode(() -> connector.sink(sink("p", "s3:bucket/photos/results"), context))
                .doesNotThrowAnyException();
        assertThatCode(() -> connector.sink(sink("p", "s3:bucket/photosX"), context))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> connector.sink(sink("another", "s3:bucket/photosX"), context))
                .hasMessageContaining("both write results named [caption]");
        assertThatThrownBy(() -> connector.source(settings("q", "s3:bucket", OriginalPolicy.STAY), context))
                .hasMessageContaining("both take images");
    }

    @Test
    void movesWithinS3Only() {
        assertThatThrownBy(() -> connector(KEYS)
                        .source(settings("p", "s3:bucket", OriginalPolicy.STAY, "kafka:rejects"), context))
                .hasMessageContaining("dead-letter=kafka:rejects is no place in S3");
        assertThatThrownBy(() -> connector(KEYS)
                        .source(settings("p", "s3:bucket", OriginalPolicy.STAY, "s3:other?region=x"), context))
                .hasMessageContaining("takes no options");
    }

    @Test
    void keepsSecretsOutOfWhatIsPrinted() {
        assertThat(S3Settings.of(KEYS).toString()).doesNotContain("se/cret");
        var source = connector(KEYS)
                .source(settings("p", "s3:bucket?accessKey=a&secretKey=hush", OriginalPolicy.STAY), context);
        assertThat(source.endpoint().getEndpointUri()).doesNotContain("hush");
        assertThat(source.endpoint()).asString().doesNotContain("hush");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> settingRefused(String key, @Nullable String value) {
        Map<String, String> settings = new HashMap<>(KEYS);
        settings.remove(key);
        if (value != null) {
            settings.put(key, value);
        }
        return assertThatThrownBy(
                        () -> connector(settings).source(settings("p", "s3:bucket", OriginalPolicy.STAY), context))
                .isInstanceOf(ConfigurationException.class);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String uri) {
        return assertThatThrownBy(() -> connector(KEYS).source(settings("p", uri, OriginalPolicy.STAY), context))
                .isInstanceOf(ConfigurationException.class);
    }

    private static S3Connector connector(Map<String, String> settings) {
        return new S3Connector(Clock.systemUTC(), settings);
    }

    private static SinkSettings sink(String pipeline, String uri) {
        return new SinkSettings(pipeline, uri, List.of("caption"));
    }

    private static SourceSettings settings(String pipeline, String uri, OriginalPolicy original) {
        return settings(pipeline, uri, original, null);
    }

    private static SourceSettings settings(
            String pipeline, String uri, OriginalPolicy original, @Nullable String deadLetter) {
        return new SourceSettings(
                pipeline,
                uri,
                original,
                null,
                deadLetter,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                1000,
                null,
                null,
                Map.of());
    }
}
