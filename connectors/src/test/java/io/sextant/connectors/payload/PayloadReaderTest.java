package io.sextant.connectors.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.SourceKey;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {
    private static final byte[] IMAGE = {(byte) 0xff, (byte) 0xd8, 1, 2};
    private static final SourceKey KEY = SourceKey.of(new byte[] {7});

    private final PayloadReader reader =
            new PayloadReader(Map.of("s3", (reference, maxBytes) -> reference.getBytes(StandardCharsets.UTF_8)), 100);

    @Test
    void takesABodyThatIsAImage() {
        ImageRequest request = only(reader.read(message(IMAGE, Map.of())));

        assertThat(request.name()).isEqualTo("photos/0/1");
        assertThat(request.imageName()).isEqualTo("photos/0/1");
        assertThat(request.key()).isEqualTo(KEY);
        assertThat(request.content().read()).isEqualTo(IMAGE);
        assertThat(request.question().steps()).isEmpty();
    }

    @Test
    void readsPromptBoxAndNameFromHeaders() {
        ImageRequest request = only(reader.read(message(
                IMAGE, Map.of("SextantPrompt", "the dog", "SextantBox", "1, 2,3,4.5", "SextantImageName", "dog.jpg"))));

        assertThat(request.imageName()).isEqualTo("dog.jpg");
        assertThat(request.question().prompt()).isEqualTo("the dog");
        assertThat(request.question().box()).isEqualTo(new PixelBox(1, 2, 3, 4.5));
    }

    @Test
    void readsStepsOfARequestWithTheImageInIt() {
        ImageRequest request = only(json("""
                {"image": {"data": "%s", "name": "a.jpg"},
                 "steps": [{"task": "caption"},
                           {"name": "dog", "task": "vqa", "prompt": "a dog?", "box": [1, 2, 3, 4], "maxNewTokens": 9}]}
                """.formatted(Base64.getEncoder().encodeToString(IMAGE))));

        assertThat(request.imageName()).isEqualTo("a.jpg");
        assertThat(request.content().read()).isEqualTo(IMAGE);
        assertThat(request.question().isConversation()).isFalse();
        assertThat(request.question().steps())
                .containsExactly(
                        new StepRequest(null, "caption", "", null, null),
                        new StepRequest("dog", "vqa", "a dog?", new PixelBox(1, 2, 3, 4), 9));
    }

    @Test
    void readsTurnsFromTheBodyOrAHeader() {
        String turns = "[{\"task\": \"refer\", \"prompt\": \"the dog\"}, {\"task\": \"identify\"}]";
        ImageRequest body = only(json("{\"image\": {\"reference\": \"s3://b/k.jpg\"}, \"turns\": " + turns + "}"));
        ImageRequest header = only(reader.read(message(IMAGE, Map.of("SextantTurns", turns))));

        assertThat(body.question()).isEqualTo(header.question());
        assertThat(body.question().isConversation()).isTrue();
        assertThat(body.question().steps()).extracting(StepRequest::task).containsExactly("refer", "identify");
    }

    @Test
    void takesALineWithAUriForAClaimCheckAndReadsItOnlyWhenAsked() {
        ImageRequest request = only(reader.read(message("s3://b/k.jpg\n".getBytes(StandardCharsets.UTF_8), Map.of())));

        assertThat(request.imageName()).isEqualTo("s3://b/k.jpg");
        assertThat(request.content().read()).asString(StandardCharsets.UTF_8).isEqualTo("s3://b/k.jpg");
    }

    @Test
    void takesNotificationsOfS3ForClaimChecksAndLeavesOtherEventsOut() {
        List<ImageRequest> requests = json("""
                {"Records": [
                  {"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                   "s3": {"bucket": {"name": "b"}, "object": {"key": "my+dog%2B1.jpg", "size": 3}}},
                  {"eventSource": "aws:s3", "eventName": "ObjectRemoved:Delete",
                   "s3": {"bucket": {"name": "b"}, "object": {"key": "gone.jpg"}}},
                  {"eventSource": "aws:s3", "eventName": "ObjectCreated:CompleteMultipartUpload",
                   "s3": {"bucket": {"name": "b"}, "object": {"key": "two.jpg"}}}]}
                """);

        assertThat(requests)
                .extracting(ImageRequest::imageName)
                .containsExactly("s3://b/my dog+1.jpg", "s3://b/two.jpg");
        assertThat(requests).extracting(ImageRequest::name).containsExactly("photos/0/1/1", "photos/0/1/2");
        assertThat(json("{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Bucket\": \"b\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newfolder/", "a.jpg.caption.json", "a.jpg.reason.json", "0/7.message", "own.jpg"})
    void leavesWhatSextantWroteOutOfNotificationsAndCountsIt(String key) {
        LongAdder leftOut = new LongAdder();
        ReferenceReader s3 = new ReferenceReader() {
            @Override
            public byte[] read(String reference, long maxBytes) {
                return IMAGE;
            }

            @Override
            public boolean isOwnOutput(String reference) {
                return reference.endsWith("own.jpg");
            }
        };
        String body = """
                {"Records": [
                  {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                   "s3": {"bucket": {"name": "camera"}, "object": {"key": "%s", "size": 0}}},
                  {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                   "s3": {"bucket": {"name": "camera"}, "object": {"key": "a.jpg", "size": 3}}}]}
                """.formatted(key);

        List<ImageRequest> requests = new PayloadReader(Map.of("s3", s3), 100, leftOut)
                .read(message(body.getBytes(StandardCharsets.UTF_8), Map.of()));

        assertThat(requests).extracting(ImageRequest::imageName).containsExactly("s3://camera/a.jpg");
        assertThat(leftOut.sum()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatSextantWroteAlsoWhereNothingMayBeRead() {
        String body = """
                {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                  "s3": {"bucket": {"name": "camera"}, "object": {"key": "rejects/0/1.message"}}}]}
                """;
        assertThat(new PayloadReader(Map.of(), 100).read(message(body.getBytes(StandardCharsets.UTF_8), Map.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|malformed JSON",
                "{}|image must be an object",
                "{\"image\": {}}|either data (Base64) or reference",
                "{\"image\": {\"data\": \"?\"}}|no Base64",
                "{\"image\": {\"data\": \"AA==\", \"reference\": \"s3://b/k\"}}|either data (Base64) or reference",
                "{\"image\": {\"reference\": \"http://h/k\"}}|allows only [s3]",
                "{\"image\": {\"reference\": \"file:/etc/passwd\"}}|allows only [s3]",
                "{\"image\": {\"data\": \"AA==\"}, \"step\": []}|unknown key \"step\"",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": []}|at least one",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": [{}]}|steps[0].task is missing",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": [{\"task\": \"vqa\"}], \"prompt\": \"x\"}|belong into them",
                "{\"image\": {\"data\": \"AA==\"}, \"box\": [1, 2, 3]}|box must be",
                "{\"image\": {\"data\": \"AA==\"}} {}|malformed JSON",
                "{\"Records\": [{\"eventSource\": \"aws:sqs\"}]}|no event of S3",
                "{\"Records\": [{\"eventSource\": \"aws:s3\", \"eventName\": \"ObjectCreated:Put\"}]}|lacks s3.bucket.name",
                "ftp://host/a.jpg|allows only [s3]",
            })
    void refusesWhatItCannotUnderstandAndNamesTheMessage(String body, String reason) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("photos/0/1")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAnEmptyMessage() {
        assertThatThrownBy(() -> reader.read(message(new byte[0], Map.of())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no body");
    }

    @Test
    void refusesImagesOverTheLimitHoweverTheyCome() {
        byte[] large = new byte[101];
        assertThatThrownBy(() -> reader.read(message(large, Map.of()))).isInstanceOf(InvalidImageException.class);
        assertThatThrownBy(() ->
                        json("{\"image\": {\"data\": \"" + Base64.getEncoder().encodeToString(large) + "\"}}"))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("max-bytes=100");
        assertThatThrownBy(() -> json("{" + " ".repeat(1 << 21))).isInstanceOf(InvalidImageException.class);
    }

    private List<ImageRequest> json(String body) {
        return reader.read(message(body.getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    private static IncomingMessage message(byte[] body, Map<String, String> headers) {
        return new IncomingMessage("photos/0/1", KEY, body, headers);
    }

    private static ImageRequest only(List<ImageRequest> requests) {
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }
}
