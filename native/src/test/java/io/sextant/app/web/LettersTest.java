package io.sextant.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.http.DoorsProfile;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.letter.Rejection;
import io.sextant.core.error.ErrorCategory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Dead letters on their page, of a topic whose letters lie in a folder; the broker is away. */
@QuarkusTest
@TestProfile(LettersTest.Profile.class)
class LettersTest {
    private static final String LETTERS = "sextant.pipelines.topic.dead-letter";

    private final HttpClient http = HttpClient.newHttpClient();

    @TestHTTPResource("/")
    URI base;

    /** One pipeline more, which reads messages. */
    public static final class Profile extends DoorsProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> keys = super.getConfigOverrides();
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "letters-test")
                        .toRealPath();
                keys.put(LETTERS, "file:" + Files.createDirectory(folder.resolve("letters")));
                keys.put("sextant.pipelines.topic.to", "file:" + folder.resolve("results"));
                keys.put("sextant.pipelines.secret.to", "file:" + folder.resolve("others"));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            keys.put("sextant.pipelines.topic.from", "kafka:photos?brokers=127.0.0.1:1");
            keys.put("sextant.pipelines.topic.steps[0].task", "caption");
            keys.put("sextant.pipelines.secret.from", "camel:direct:secret");
            keys.put("sextant.pipelines.secret.dead-letter", "kafka:letters?brokers=127.0.0.1:1&sslKeyPassword=hush");
            keys.put("sextant.pipelines.secret.steps[0].task", "caption");
            return keys;
        }
    }

    @Test
    void eachThatIsWholeCanBeChosen() throws Exception {
        reject("photos-0@1");
        reject("photos-0@2");
        String page = page();
        assertThat(page)
                .contains("action=\"/console/letters/topic/replay/chosen\"", "photos-0@1 cannot be read")
                .containsPattern("<input type=\"checkbox\" name=\"letter\" value=\"[^\"]*1[^\"]*\">")
                .containsPattern("<input type=\"checkbox\" name=\"letter\" value=\"[^\"]*2[^\"]*\">");
        // None of these is there, so nothing is sent to the broker, which is away.
        assertThat(choose("letter=elsewhere&letter=none").statusCode()).isEqualTo(303);
        assertThat(choose("").statusCode()).isEqualTo(303);
        assertThat(page()).isEqualTo(page);
    }

    @Test
    void tellsHowManyWereSentBack() throws Exception {
        String place = choose("letter=none").headers().firstValue("Location").orElseThrow();
        assertThat(place).endsWith("/console/letters/topic?sent=0");
        assertThat(get(place)).contains("0 sent back.");
        assertThat(page()).doesNotContain("sent back.");
    }

    @Test
    void tellsAPlaceWithoutItsOptions() throws Exception {
        assertThat(get("/console/letters/secret")).contains("kafka:letters").doesNotContain("hush");
    }

    @Test
    void passesOverWhatIsNoNumber() throws Exception {
        assertThat(get("/console/letters/topic?sent=%3Cb%3E")).contains("topic").doesNotContain("sent back.");
    }

    private String page() throws Exception {
        return get("/console/letters/topic");
    }

    private String get(String place) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(place)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> choose(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/console/letters/topic/replay/chosen"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static void reject(String name) throws Exception {
        String place = ConfigProvider.getConfig().getValue(LETTERS, String.class);
        Rejection rejection = new Rejection(
                "topic",
                ErrorCategory.INVALID_INPUT,
                name + " cannot be read",
                "send another",
                null,
                1,
                Instant.EPOCH,
                List.of(),
                List.of());
        try (DefaultCamelContext context = new DefaultCamelContext();
                DeadLetterSink sink = Connectors.standard().forUri(place).deadLetter("topic", place, context)) {
            sink.open();
            sink.take(new DeadLetter(
                    name,
                    null,
                    "hello".getBytes(StandardCharsets.UTF_8),
                    List.of(),
                    List.of(
                            header("topic", "photos"),
                            header("partition", "0"),
                            header("offset", name.substring(name.length() - 1))),
                    rejection));
        }
    }

    private static DeadLetter.Header header(String name, String value) {
        return new DeadLetter.Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
