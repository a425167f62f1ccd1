package io.sextant.connectors.internal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.internal.DrawingMark;
import io.sextant.connectors.internal.SteppedClock;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.InvalidImageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3SourceTest {
    private final MemoryS3 s3 = new MemoryS3();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SteppedClock clock = new SteppedClock();
    private final List<String> taken = new ArrayList<>();

    @BeforeEach
    void bind() {
        context.getRegistry().bind("memory", s3);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void takesImagesOnceAndNothingThatWasWritten() {
        s3.put("bucket", "photos/", "");
        s3.put("bucket", "photos/.hidden", image("x"));
        s3.put("bucket", "photos/a.jpg", image("a"));
        s3.put("bucket", "photos/a.jpg.caption.json", image("x"));
        s3.put("bucket", "photos/done/b.jpg", image("x"));
        s3.put("bucket", "photos/rejected/c.jpg", image("x"));
        s3.put("bucket", "photos/results/a.jpg.caption.png", image("x"));
        s3.put("bucket", "photos/trip/d.jpg", image("d"));
        s3.put("bucket", "photosX/e.jpg", image("x"));
        S3Connector connector = connector();
        S3Source source = source(connector, "s3:bucket/photos?", OriginalPolicy.MOVE);
        connector.sink(
                new SinkSettings("p", "s3:bucket/photos/results?amazonS3Client=#memory", List.of("caption")), context);

        source.pass(this::acknowledge, () -> true);
        source.pass(this::acknowledge, () -> true);

        assertThat(taken).containsExactly("a.jpg=a", "trip/d.jpg=d");
        assertThat(s3.keys())
                .contains("bucket/photos/done/a.jpg", "bucket/photos/done/trip/d.jpg")
                .doesNotContain("bucket/photos/a.jpg", "bucket/photos/trip/d.jpg");
    }

    @Test
    void leavesDrawingsAndWhatIsHiddenAloneAndCountsThem() {
        s3.put("bucket", "a.jpg.caption.png", DrawingMark.mark(new byte[100]));
        s3.put(
                "bucket",
                "b.jpg.caption.png",
                image("by another program, longer than the mark that Sextant leaves in a file"));
        s3.put("bucket", ".trash/c.jpg", image("x"));
        s3.put("bucket", "orders/0/1.message", image("x"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);

        source.pass(this::acknowledge, () -> true);

        assertThat(taken).hasSize(1).first().asString().startsWith("b.jpg.caption.png=by another");
        assertThat(source.state().leftOut().sum()).isEqualTo(3);
    }

    @Test
    void rejectsAnObjectThatCanNeitherBeReadNorCopiedAndGoesOn() {
        s3.put("bucket", "a.jpg", image("archived"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);

        source.pass(
                delivery -> {
                    s3.failReadsWith(MemoryS3.answer(403, "InvalidObjectState"));
                    assertThatThrownBy(delivery::requests).isInstanceOf(InvalidImageException.class);
                    delivery.reject(rejection());
                },
                () -> true);
        s3.failReadsWith(null);
        source.pass(this::acknowledge, () -> true);

        assertThat(source.state().problem()).isNull();
        assertThat(s3.keys()).containsExactly("bucket/a.jpg", "bucket/rejected/a.jpg.reason.json");
        assertThat(taken).as("told once").isEmpty();
    }

    @Test
    void remembersWhatStaysAndForgetsWhatHasGone() {
        for (int i = 0; i < 5; i++) {
            s3.put("bucket", i + ".jpg", image("content " + i));
        }
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);
        source.pass(this::acknowledge, () -> true);
        assertThat(taken).hasSize(5);
        assertThat(source.ledger().size()).isEqualTo(5);

        s3.put("bucket", "3.jpg", image("another"));
        s3.deleteObject(request -> request.bucket("bucket").key("4.jpg"));
        taken.clear();
        source.pass(this::acknowledge, () -> true);

        assertThat(taken).containsExactly("3.jpg=another");
        assertThat(source.ledger().size()).isEqualTo(4);
    }

    @Test
    void takesAgainAfterAPauseThatDoubles() {
        s3.put("bucket", "a.jpg", image("a"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);
        List<Integer> attempts = new ArrayList<>();
        List<Duration> pauses = new ArrayList<>();
        for (int second = 0; second < 8; second++) {
            source.pass(
                    delivery -> {
                        attempts.add(delivery.attempt());
                        pauses.add(delivery.postpone());
                    },
                    () -> true);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(attempts).containsExactly(1, 2, 3, 4);
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(4));
    }

    @Test
    void leavesAloneWhatChangedBetweenListingAndReading() {
        s3.put("bucket", "a.jpg", image("old"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.DELETE);

        source.pass(
                delivery -> {
                    s3.put("bucket", "a.jpg", image("new"));
                    assertThat(delivery.requests()).isEmpty();
                    delivery.acknowledge();
                },
                () -> true);
        assertThat(s3.content("bucket/a.jpg")).isEqualTo("\0new");

        source.pass(this::acknowledge, () -> true);
        assertThat(taken).containsExactly("a.jpg=new");
        assertThat(s3.keys()).isEmpty();
    }

    @Test
    void leavesAloneWhatChangedWhileItWasMoved() {
        s3.put("bucket", "a.jpg", image("old"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.MOVE);
        s3.beforeCopy(() -> {
            s3.beforeCopy(() -> {});
            s3.put("bucket", "a.jpg", image("new"));
        });
        source.pass(this::acknowledge, () -> true);
        assertThat(s3.keys()).containsExactly("bucket/a.jpg");

        source.pass(this::acknowledge, () -> true);
        assertThat(taken).containsExactly("a.jpg=old", "a.jpg=new");
        assertThat(s3.keys()).containsExactly("bucket/done/a.jpg");
    }

    @Test
    void goesOnWithAMoveThatWasCutShortAfterItsCopy() {
        s3.put("bucket", "a.jpg", image("a"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.MOVE);
        s3.copyObject(request -> request.sourceBucket("bucket")
                .sourceKey("a.jpg")
                .copySourceIfMatch("\"" + source.objects().tag("a.jpg").orElseThrow() + "\"")
                .destinationBucket("bucket")
                .destinationKey("done/a.jpg"));

        source.pass(this::acknowledge, () -> true);

        assertThat(s3.keys()).containsExactly("bucket/done/a.jpg");
    }

    @Test
    void rejectsUnderAnyNameThereCanBe() {
        String longest = "x".repeat(1020);
        s3.put("bucket", "up/../away.jpg", image("bad"));
        s3.put("bucket", longest, image("bad"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);

        source.pass(delivery -> delivery.reject(rejection()), () -> true);

        assertThat(s3.keys())
                .hasSize(4)
                .allMatch(key -> key.startsWith("bucket/rejected/unnamed/"))
                .anyMatch(key ->
                        key.endsWith(".reason.json") && s3.content(key).contains("\"image\" : \"up/../away.jpg\""));
    }

    @Test
    void pausesWhereS3RefusesAndRejectsNothing() {
        for (int i = 0; i < 5; i++) {
            s3.put("bucket", i + ".jpg", image("content " + i));
        }
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.DELETE);
        assertThat(source.state().isDown()).isTrue();
        List<String> postponed = new ArrayList<>();
        source.pass(
                delivery -> {
                    s3.failWith(MemoryS3.answer(403, "InvalidAccessKeyId"));
                    assertThatThrownBy(delivery::requests)
                            .isInstanceOf(ConnectorException.class)
                            .hasMessageContaining("403 InvalidAccessKeyId")
                            .hasMessageContaining("sextant.s3.access-key");
                    postponed.add(delivery.name());
                    delivery.postpone();
                },
                () -> true);
        assertThat(postponed).containsExactly("0.jpg");
        assertThat(source.state().problem()).contains("403 InvalidAccessKeyId");

        assertThat(source.pass(this::acknowledge, () -> true)).isZero();
        s3.failAsAway();
        assertThat(source.pass(this::acknowledge, () -> true)).isZero();
        assertThat(source.state().problem()).contains("cannot be reached");

        s3.failWith(null);
        clock.advance(Duration.ofSeconds(1));
        source.pass(this::acknowledge, () -> true);
        assertThat(source.state().problem()).isNull();
        assertThat(taken).hasSize(5);
        assertThat(s3.keys()).isEmpty();
    }

    @Test
    void goesOnBehindAnObjectThatNobodyMayLookAtAndCountsItsAttempts() {
        s3.put("bucket", "a.jpg", image("a"));
        s3.put("bucket", "b.small.png", image("b"));
        s3.put("bucket", "c.jpg", image("c"));
        s3.put("bucket", "d.jpg", image("d"));
        s3.deny("bucket/b.small.png");
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);
        List<String> failed = new ArrayList<>();
        Consumer<S3Delivery> process = delivery -> acknowledgeOr(
                delivery,
                () -> failed.add(delivery.attempt() + " " + source.state().problem()));

        for (int pass = 0; pass < 3; pass++) {
            source.pass(process, () -> true);
        }
        assertThat(taken).containsExactly("a.jpg=a", "c.jpg=c", "d.jpg=d");
        assertThat(failed).singleElement().asString().startsWith("1 ").contains("b.small.png", "403 AccessDenied");
        assertThat(source.state().problem()).isNull();

        clock.advance(Duration.ofSeconds(1));
        source.pass(process, () -> true);
        assertThat(failed).hasSize(2).last().asString().startsWith("2 ").contains("b.small.png", "403 AccessDenied");
    }

    @Test
    void overwritesNoReasonWhereAnObjectCannotBeMoved() {
        s3.put("bucket", "a.jpg", image("a"));
        s3.put("bucket", "rejected/a.jpg", image("another"));
        s3.put("bucket", "rejected/a.jpg.reason.json", "of another");
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);
        s3.failReadsWith(MemoryS3.answer(403, "AccessDenied"));

        source.pass(delivery -> acknowledgeOr(delivery, () -> delivery.reject(rejection())), () -> true);

        assertThat(s3.content("bucket/rejected/a.jpg.reason.json")).isEqualTo("of another");
        assertThat(s3.keys())
                .hasSize(4)
                .anyMatch(key -> key.matches("bucket/rejected/a-\\w{12}\\.jpg\\.reason\\.json"));
    }

    @Test
    void rejectsAnObjectThatNobodyMayReadAndLeavesItWhereItIs() {
        s3.put("bucket", "a.small.png", image("a"));
        s3.put("bucket", "b.jpg", image("b"));
        s3.deny("bucket/a.small.png");
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.MOVE);

        source.pass(delivery -> acknowledgeOr(delivery, () -> delivery.reject(rejection())), () -> true);
        clock.advance(Duration.ofSeconds(1));
        source.pass(this::acknowledge, () -> true);

        assertThat(s3.keys())
                .containsExactly("bucket/a.small.png", "bucket/done/b.jpg", "bucket/rejected/a.small.png.reason.json");
        assertThat(taken).as("the other is told once").containsExactly("b.jpg=b");
    }

    @Test
    void staysDownAndRejectsNothingWhereNothingCanBeRead() {
        s3.put("bucket", "a.small.png", image("a"));
        s3.put("bucket", "b.small.png", image("b"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.STAY);

        source.pass(
                delivery -> {
                    s3.failAsAway();
                    assertThatThrownBy(delivery::requests).isInstanceOf(ConnectorException.class);
                    assertThatThrownBy(() -> delivery.reject(rejection())).isInstanceOf(ConnectorException.class);
                    delivery.postpone();
                },
                () -> true);
        source.pass(this::acknowledge, () -> true);

        assertThat(source.state().problem()).contains("cannot be reached");
        assertThat(s3.keys()).containsExactly("bucket/a.small.png", "bucket/b.small.png");
    }

    @Test
    void leavesADrawingAloneThatCouldNotBeLookedAtWhenItWasListed() {
        s3.put("bucket", "a.jpg.caption.png", DrawingMark.mark(new byte[100]));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.DELETE);
        s3.failReadsWith(MemoryS3.answer(503, "SlowDown"));

        for (int pass = 0; pass < 2; pass++) {
            source.pass(
                    delivery -> {
                        s3.failReadsWith(null);
                        acknowledge(delivery);
                    },
                    () -> true);
        }

        assertThat(taken).isEmpty();
        assertThat(s3.keys()).containsExactly("bucket/a.jpg.caption.png");
        assertThat(source.ledger().size()).as("is not read again").isEqualTo(1);
    }

    @Test
    void endsAfterTheObjectAtHandWhenAskedToStop() {
        s3.put("bucket", "a.jpg", image("a"));
        s3.put("bucket", "b.jpg", image("b"));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.DELETE);

        source.pass(this::acknowledge, () -> taken.isEmpty());

        assertThat(taken).containsExactly("a.jpg=a");
    }

    @Test
    void readsNoFurtherThanTheLimit() {
        s3.put("bucket", "a.jpg", "x".repeat(1001));
        S3Source source = source(connector(), "s3:bucket?", OriginalPolicy.DELETE);

        source.pass(
                delivery -> {
                    assertThatThrownBy(delivery::requests)
                            .isInstanceOf(InvalidImageException.class)
                            .hasMessageContaining("sextant.image.max-bytes=1000");
                    delivery.postpone();
                },
                () -> true);
    }

    /** Bytes that are no text, and so taken for an image. */
    private static byte[] image(String content) {
        return ("\0" + content).getBytes(StandardCharsets.UTF_8);
    }

    /** As a pipeline does: what cannot be read comes again, or is rejected. */
    private void acknowledgeOr(S3Delivery delivery, Runnable onFailure) {
        try {
            acknowledge(delivery);
        } catch (ConnectorException e) {
            onFailure.run();
            if (delivery.isOpen()) {
                delivery.postpone();
            }
        }
    }

    private void acknowledge(S3Delivery delivery) {
        for (ImageRequest request : delivery.requests()) {
            String content = new String(request.content().read(), StandardCharsets.UTF_8);
            taken.add(request.name() + "=" + content.substring(1));
        }
        delivery.acknowledge();
    }

    private S3Connector connector() {
        return new S3Connector(clock, Map.of());
    }

    private S3Source source(S3Connector connector, String uri, OriginalPolicy original) {
        return (S3Source) connector.source(
                new SourceSettings(
                        "p",
                        uri + "amazonS3Client=#memory",
                        original,
                        null,
                        null,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(4),
                        1000,
                        null,
                        null,
                        Map.of()),
                context);
    }

    private static Rejection rejection() {
        return new Rejection(
                "p", ErrorCategory.INVALID_INPUT, "bad", "mend it", null, 1, Instant.EPOCH, List.of(), List.of());
    }
}
