package io.sextant.connectors.internal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ErrorCategory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3MessageArchiveTest {
    private static final String REASON = """
            {"pipeline": "p", "category": "INVALID_INPUT", "message": "no image",
             "origin": {"topic": "photos", "headers": [{"name": "trace", "value": "dC0x"}]}}
            """;

    private final MemoryS3 s3 = new MemoryS3();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void fill() {
        context.getRegistry().bind("memory", s3);
        for (String name : List.of("a", "b", "c")) {
            s3.put("bucket", "rejects/photos/0/" + name + ".message", name);
            s3.put("bucket", "rejects/photos/0/" + name + ".message.reason.json", REASON);
        }
        s3.put("bucket", "rejects/photos/0/half.message.reason.json", REASON);
        s3.put("bucket", "rejects/lone.message", "without a reason");
        s3.put("bucket", "rejectsX/photos/0/d.message", "elsewhere");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void showsWhatIsWholeAndNotReplayed() {
        S3MessageArchive archive = archive();
        List<StoredLetter> letters = read(archive);
        assertThat(letters)
                .extracting(StoredLetter::position)
                .containsExactly("photos/0/a.message", "photos/0/b.message", "photos/0/c.message");
        StoredLetter first = letters.get(0);
        assertThat(first.topic()).contains("photos");
        assertThat(first.body()).asString(StandardCharsets.UTF_8).isEqualTo("a");
        assertThat(first.headers().get(0).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("t-1");

        archive.markReplayed(letters.get(1));

        assertThat(read(archive))
                .extracting(StoredLetter::position)
                .containsExactly("photos/0/a.message", "photos/0/c.message");
        assertThat(s3.content("bucket/rejects/replayed/photos/0/b.message")).isEqualTo("b");
        assertThat(s3.content("bucket/rejects/replayed/photos/0/b.message.reason.json"))
                .isEqualTo(REASON);
    }

    @Test
    void keepsTwoMessagesOfOneNameAndOneThatComesTwice() {
        DeadLetterSink sink = new S3Connector().deadLetter("p", "s3:bucket/fresh?amazonS3Client=#memory", context);
        Rejection rejection = new Rejection(
                "p", ErrorCategory.INVALID_INPUT, "bad", "mend", null, 1, Instant.EPOCH, List.of(), List.of());
        for (String body : List.of("first", "other", "first", "other")) {
            sink.take(new DeadLetter(
                    "a.jpg", null, body.getBytes(StandardCharsets.UTF_8), List.of(), List.of(), rejection));
        }
        assertThat(s3.keys().stream().filter(key -> key.startsWith("bucket/fresh/") && key.endsWith(".message")))
                .hasSize(2)
                .contains("bucket/fresh/a.jpg.message")
                .allMatch(key -> s3.keys().contains(key + ".reason.json"));
        assertThat(s3.content("bucket/fresh/a.jpg.message")).isEqualTo("first");
    }

    @Test
    void givesATombstoneBackWithoutABody() {
        DeadLetterSink sink = new S3Connector().deadLetter("p", "s3:bucket/fresh?amazonS3Client=#memory", context);
        for (byte[] body : new byte[][] {null, {}}) {
            sink.take(new DeadLetter(
                    "photos/0/" + (body == null ? 1 : 2),
                    null,
                    body,
                    List.of(),
                    List.of(),
                    new Rejection(
                            "p",
                            ErrorCategory.INVALID_INPUT,
                            "bad",
                            "mend",
                            null,
                            1,
                            Instant.EPOCH,
                            List.of(),
                            List.of())));
        }

        List<StoredLetter> letters = read(archive(null, "s3:bucket/fresh?amazonS3Client=#memory"));

        assertThat(letters.get(0).body()).isNull();
        assertThat(letters.get(1).body()).isEmpty();
    }

    @Test
    void keepsALetterThatCannotBeNoted() {
        S3MessageArchive archive = archive();
        StoredLetter letter = read(archive).get(0);
        s3.failAsAway();
        assertThatThrownBy(() -> archive.markReplayed(letter)).isInstanceOf(ConnectorException.class);
        s3.failWith(null);
        assertThat(read(archive)).hasSize(3);
    }

    @Test
    void namesADocumentThatIsNone() {
        s3.put("bucket", "rejects/photos/0/a.message.reason.json", "{\"pipeline\": \"p\"}");
        S3MessageArchive archive = archive();
        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("s3://bucket/rejects/photos/0/a.message.reason.json");
    }

    @Test
    void replaysNoImages() {
        assertThatThrownBy(() -> archive("s3:bucket/photos", "s3:bucket/rejects"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("put what was rejected back");
    }

    private S3MessageArchive archive() {
        return archive(null, "s3:bucket/rejects?amazonS3Client=#memory");
    }

    private S3MessageArchive archive(@Nullable String from, String place) {
        return (S3MessageArchive) new S3Connector().archive("p", from, place, context);
    }

    private static List<StoredLetter> read(S3MessageArchive archive) {
        List<StoredLetter> letters = new ArrayList<>();
        archive.forEach(letters::add);
        return letters;
    }
}
