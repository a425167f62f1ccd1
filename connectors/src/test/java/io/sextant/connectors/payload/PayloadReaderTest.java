package io.sextant.connectors.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.SourceKey;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {
    private static final byte[] IMAGE = {(byte) 0xff, (byte) 0xd8, 1, 2};
    private static final SourceKey KEY = SourceKey.of(new byte[] {7});

    private final PayloadReader reader = new PayloadReader(Map.of("s3", new Bucket()), 100);

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
    void takesABodyThatBeginsWithAZeroByteForAnImage() {
        byte[] body = {0, 'a'};

        assertThat(only(reader.read(message(body, Map.of()))).content().read()).isEqualTo(body);
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
                           {"name": "dog", "task": "vqa", "prompt": "a dog?", "box": [1, 2, 3, 4], "maxNewTokens": 9,
                            "headers": {"colour": "red"}}]}
                """.formatted(Base64.getEncoder().encodeToString(IMAGE))));

        assertThat(request.imageName()).isEqualTo("a.jpg");
        assertThat(request.content().read()).isEqualTo(IMAGE);
        assertThat(request.question().isConversation()).isFalse();
        assertThat(request.question().steps())
                .containsExactly(
                        new StepRequest(null, "caption", "", null, null),
                        new StepRequest("dog", "vqa", "a dog?", new PixelBox(1, 2, 3, 4), 9, Map.of("colour", "red")));
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

    /** The same request, as other writers of text put it on the wire. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://b/k.jpg",
                "S3://b/k.jpg",
                "  s3://b/k.jpg\r\n",
                "\"s3://b/k.jpg\"",
                "\"S3://b/k.jpg\\n\"",
                "\uFEFFs3://b/k.jpg",
                "{\"image\": {\"reference\": \"s3://b/k.jpg\"}}",
                "{\"image\": {\"reference\": \" S3://b/k.jpg \"}}",
                "\"{\\\"image\\\": {\\\"reference\\\": \\\"s3://b/k.jpg\\\"}}\""
            })
    void readsTextInEveryEncodingWithAndWithoutByteOrderMark(String body) {
        List<byte[]> encoded = List.of(
                body.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_16BE),
                ("\uFEFF" + body).getBytes(Charset.forName("UTF-32LE")),
                ("\uFEFF" + body).getBytes(Charset.forName("UTF-32BE")),
                body.getBytes(StandardCharsets.UTF_16LE),
                body.getBytes(StandardCharsets.UTF_16BE));
        for (byte[] bytes : encoded) {
            ImageRequest request = only(reader.read(message(bytes, Map.of())));

            assertThat(request.imageName()).isEqualTo("s3://b/k.jpg");
            assertThat(request.content().read())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("s3://b/k.jpg");
        }
    }

    @Test
    void readsAJsonTextInWhoseQuotesAByteOrderMarkStands() {
        assertThat(only(json("\"\uFEFFs3:\\/\\/b\\/k.jpg\"")).imageName()).isEqualTo("s3://b/k.jpg");
    }

    @Test
    void readsAClaimCheckBehindAByteOrderMark() {
        assertThat(only(reader.read(message(sample("bom-claim.txt"), Map.of()))).imageName())
                .isEqualTo("s3://camera/a.jpg");
    }

    @Test
    void readsBase64WithLineBreaks() {
        PayloadReader roomy = new PayloadReader(Map.of(), 1 << 20);

        byte[] image = only(roomy.read(message(sample("b64-mime.json"), Map.of())))
                .content()
                .read();

        assertThat(image).startsWith(0xFF, 0xD8).endsWith(0xFF, 0xD9);
    }

    /** Letters that Base64 writes as '+', '/' and '='. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "\"%s\"",
                "{\"image\": {\"data\": \"%s\"}}",
                "data:image/jpeg;base64,%s",
                "DATA:;Base64,%s",
                "\"data:image/jpeg;base64,%s\"",
                "{\"image\": {\"data\": \"data:image/jpeg;name=a.jpg;base64,%s\"}}"
            })
    void readsImagesInBase64HoweverItIsWritten(String body) {
        byte[] image = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xfb, (byte) 0xef, (byte) 0xbe, (byte) 0xff};
        String standard = Base64.getEncoder().encodeToString(image);
        assertThat(standard).contains("/").contains("+").endsWith("=");
        List<String> forms = List.of(
                standard,
                standard.replace("=", ""),
                Base64.getUrlEncoder().encodeToString(image),
                standard.replace("+", "%2B").replace("/", "%2f").replace("=", "%3D"),
                standard.substring(0, 4)
                        + (body.startsWith("\"") || body.startsWith("{") ? "\\r\\n" : "\r\n")
                        + standard.substring(4));
        for (String form : forms) {
            assertThat(only(json(body.replace("%s", form))).content().read())
                    .as(form)
                    .isEqualTo(image);
        }
    }

    @Test
    void theBodyGoesBeforeTheHeaders() {
        String image = "\"image\": {\"reference\": \"s3://b/k.jpg\", \"name\": \"body.jpg\"}";
        Map<String, String> headers = Map.of(
                "SextantPrompt",
                "header?",
                "SextantBox",
                "9,9,10,10",
                "SextantImageName",
                "header.jpg",
                "SextantTurns",
                "[{\"task\": \"chat\", \"prompt\": \"header?\"}]");

        ImageRequest steps = only(reader.read(message(
                ("{" + image + ", \"steps\": [{\"task\": \"caption\"}]}").getBytes(StandardCharsets.UTF_8), headers)));
        ImageRequest words = only(reader.read(
                message(("{" + image + ", \"prompt\": \"body?\"}").getBytes(StandardCharsets.UTF_8), headers)));
        ImageRequest unnamed = only(
                reader.read(message("s3://b/k.jpg".getBytes(StandardCharsets.UTF_8), Map.of("SextantImageName", "h"))));

        assertThat(steps.imageName()).isEqualTo("body.jpg");
        assertThat(steps.question().isConversation()).isFalse();
        assertThat(steps.question().steps()).extracting(StepRequest::task).containsExactly("caption");
        assertThat(words.question().prompt()).isEqualTo("body?");
        assertThat(words.question().box()).as("what the body leaves open").isEqualTo(new PixelBox(9, 9, 10, 10));
        assertThat(words.question().steps()).isEmpty();
        assertThat(unnamed.imageName()).isEqualTo("h");
    }

    /** Ceph writes keys raw; whether one is encoded cannot be seen. */
    @ParameterizedTest
    @CsvSource({
        "100%.jpg, s3://b/100%.jpg",
        "50%25.jpg, s3://b/50%.jpg",
        "a+b.jpg, s3://b/a+b.jpg",
        "a+c.jpg, s3://b/a c.jpg",
        "%41%zz.jpg, s3://b/%41%zz.jpg"
    })
    void readsNotifiedKeysDecodedOrElseAsTheyStand(String key, String found) {
        Set<String> stored = Set.of(
                "s3://b/100%.jpg",
                "s3://b/50%.jpg", "s3://b/a+b.jpg", "s3://b/a c.jpg", "s3://b/a+c.jpg", "s3://b/%41%zz.jpg");
        PayloadReader store = new PayloadReader(Map.of("s3", only(stored)), 100);

        ImageRequest request = only(store.read(message(notification(key), Map.of())));

        assertThat(request.content().read()).asString(StandardCharsets.UTF_8).isEqualTo(found);
        assertThat(request.content().nameOr(request.imageName())).isEqualTo(found);
        assertThat(request.content().nameOr("named by a header")).isEqualTo("named by a header");
    }

    @Test
    void readsANotificationOfCeph() {
        ImageRequest request = only(reader.read(message(sample("n-ceph-percent.json"), Map.of())));

        assertThat(request.imageName()).isEqualTo("s3://camera/100%.jpg");
    }

    @Test
    void refusesANotifiedObjectThatIsMissingEitherWay() {
        PayloadReader store = new PayloadReader(Map.of("s3", only(Set.of())), 100);

        ImageRequest request = only(store.read(message(notification("a+b.jpg"), Map.of())));

        assertThatThrownBy(() -> request.content().read())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("s3://b/a b.jpg is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data/photos/a.jpg|looks like a text",
                "C:\\photos\\a.jpg|looks like a text",
                "Note: all is well|looks like a text",
                "s3://b/a.jpg~s3://b/b.jpg|looks like a text",
                "[{\"image\": 1}]|XML or JSON",
                "\"hello there\"|looks like a text",
                "\"\\\"s3://b/k.jpg\\\"\"|looks like a text",
                "aGVsbG8gdGhlcmU=|looks like a text",
                "<svg xmlns='x'>|SVG",
                "version https://git-lfs.github.com/spec/v1|Git LFS"
            })
    void saysWhatARequestLooksLikeWhereTextIsNotUnderstood(String body, String what) {
        assertThatThrownBy(() -> json(body.replace('~', '\n')))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("photos/0/1")
                .hasMessageContaining(what)
                .hasMessageContaining("{\"image\": {\"reference\": \"s3://bucket/a.jpg\"}}")
                .hasMessageContaining("a line such as s3://bucket/a.jpg, or JSON")
                .hasMessageContaining("mend the message");
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
    @ValueSource(
            strings = {
                "newfolder/",
                "a.jpg.caption.json",
                "a.jpg.reason.json",
                "0/7.message",
                "own.jpg",
                "my+results/x.jpg"
            })
    void leavesWhatSextantWroteOutOfNotificationsAndCountsIt(String key) {
        LongAdder leftOut = new LongAdder();
        ReferenceReader s3 = new ReferenceReader() {
            @Override
            public byte[] read(String reference, long maxBytes) {
                return IMAGE;
            }

            @Override
            public boolean isOwnOutput(String reference) {
                return reference.endsWith("own.jpg") || reference.contains("my+results/");
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
                "{\"image\": {\"data\": \"?\"}}|image.data is no Base64",
                "{\"image\": {\"data\": \"data:image/png,x\"}}|image.data is a data URI that is not written as",
                "data:text/plain,hello|the body is a data URI that is not written as",
                "{\"image\": {\"reference\": \"data:image/png;base64,AAAA\"}}|put it into image.data",
                "{\"image\": {\"data\": \"AA==\", \"reference\": \"s3://b/k\"}}|either data (Base64) or reference",
                "{\"image\": {\"reference\": \"http://h/k\"}}|allows only [s3]",
                "{\"image\": {\"reference\": \"file:/etc/passwd\"}}|allows only [s3]",
                "{\"image\": {\"data\": \"AA==\"}, \"step\": []}|unknown key \"step\"",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": []}|at least one",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": [{}]}|steps[0].task is missing",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": [{\"task\": \"a\", \"headers\": [1]}]}|steps[0].headers must be",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": [{\"task\": \"a\", \"headers\": {\"b\": 1}}]}|steps[0].headers must be",
                "{\"image\": {\"data\": \"AA==\"}, \"steps\": [{\"task\": \"vqa\"}], \"prompt\": \"x\"}|belong into them",
                "{\"image\": {\"data\": \"AA==\"}, \"box\": [1, 2, 3]}|box=[1,2,3] must be four numbers",
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
    void handsOnAllHeadersAndReadsTheLastOfOneName() {
        List<MessageHeader> headers = List.of(
                MessageHeader.of("SextantPrompt", "first"),
                new MessageHeader("trace", new byte[] {-1, 0}),
                MessageHeader.of("SextantPrompt", "last"));

        ImageRequest request = only(reader.read(new IncomingMessage("photos/0/1", KEY, IMAGE, headers)));

        assertThat(request.headers()).isEqualTo(headers);
        assertThat(request.question().prompt()).isEqualTo("last");
    }

    @Test
    void refusesAnEmptyMessage() {
        assertThatThrownBy(() -> reader.read(message(new byte[0], Map.of())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no body");
        assertThatThrownBy(() -> json("\uFEFF\n")).hasMessageContaining("no body");
        assertThatThrownBy(() -> json("\" \"")).hasMessageContaining("no body");
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

    private static ReferenceReader only(Set<String> stored) {
        return (reference, maxBytes) -> {
            if (!stored.contains(reference)) {
                throw new InvalidImageException(reference + " is missing");
            }
            return reference.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] notification(String key) {
        return """
                {"Records": [{"eventSource": "ceph:s3", "eventName": "s3:ObjectCreated:Put",
                  "s3": {"bucket": {"name": "b"}, "object": {"key": "%s", "size": 3}}}]}
                """.replace("%s", key).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sample(String name) {
        try (InputStream in = PayloadReaderTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ImageRequest> json(String body) {
        return reader.read(message(body.getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    private static IncomingMessage message(byte[] body, Map<String, String> headers) {
        return new IncomingMessage(
                "photos/0/1",
                KEY,
                body,
                headers.entrySet().stream()
                        .map(header -> MessageHeader.of(header.getKey(), header.getValue()))
                        .toList());
    }

    private static ImageRequest only(List<ImageRequest> requests) {
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    @Test
    void promisesNoReferencesWhereNoneAreAllowed() {
        assertThatThrownBy(() -> new PayloadReader(Map.of(), 100)
                        .read(message("all is well".getBytes(StandardCharsets.UTF_8), Map.of())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("{\"image\": {\"data\": ")
                .hasMessageContaining("\"references\" allows it")
                .hasMessageNotContaining("s3:");
    }

    /** Holds an object of every name, which is also its content. */
    private static final class Bucket implements ReferenceReader {
        @Override
        public byte[] read(String reference, long maxBytes) {
            return reference.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String example() {
            return "s3://bucket/a.jpg";
        }
    }
}
