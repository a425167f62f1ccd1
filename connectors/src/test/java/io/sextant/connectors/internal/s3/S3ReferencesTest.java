package io.sextant.connectors.internal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.internal.DrawingMark;
import io.sextant.core.error.InvalidImageException;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3ReferencesTest {
    private static final String CLIENT = "?amazonS3Client=#memory";

    private final MemoryS3 s3 = new MemoryS3();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final S3Connector connector = new S3Connector();

    @BeforeEach
    void bind() {
        context.getRegistry().bind("memory", s3);
        s3.put("camera", "photos/a.jpg", "a");
        s3.put("camera", "photos/a.jpg.caption.png", marked());
        s3.put(
                "camera",
                "photos/holiday.caption.png",
                "by another program, longer than the mark that Sextant leaves there");
        s3.put("camera", "photos/empty.caption.png", "");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera/photos/newfolder/",
                "camera/photos/.hidden.jpg",
                "camera/photos/.trash/a.jpg",
                "camera/photos/a.jpg.caption.json",
                "camera/photos/a.jpg.caption.png",
                "camera/photos/results/b.jpg",
                "camera/rejects/orders/0/1.message",
                "camera/rejects/b.jpg",
                "elsewhere/a.jpg.reason.json"
            })
    void knowsWhatSextantWrote(String object) {
        assertThat(references("s3://camera/photos").isOwnOutput("s3://" + object))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera/photos/a.jpg",
                "camera/photos/holiday.caption.png",
                "camera/photos/empty.caption.png",
                "camera/photos/missing.caption.png",
                "camera/photosX/a.jpg",
                "elsewhere/a.jpg",
                "x/a.jpg",
                "my bucket/a.jpg",
                "a..b/a.jpg"
            })
    void takesNothingElseForItsOwn(String object) {
        assertThat(references("s3://camera/photos").isOwnOutput("s3://" + object))
                .isFalse();
    }

    @Test
    void readsFromAPlaceOfOutputThatIsAllowedByName() {
        assertThat(references("s3://camera/rejects").isOwnOutput("s3://camera/rejects/b.jpg"))
                .isFalse();
        assertThat(references("s3://camera").isOwnOutput("s3://camera/rejects/b.jpg"))
                .isTrue();
    }

    @Test
    void takesOutputForNothingElseWhereItGoesToThePlaceThatIsRead() {
        connector.sink(new SinkSettings("q", "s3:camera/photos" + CLIENT, List.of("caption")), context);
        ReferenceReader references = connector.references(List.of("s3://camera/photos" + CLIENT), context);

        assertThat(references.isOwnOutput("s3://camera/photos/a.jpg")).isFalse();
        assertThat(references.isOwnOutput("s3://camera/photos/a.jpg.caption.json"))
                .isTrue();
        assertThat(references.isOwnOutput("s3://camera/photos/a.jpg.caption.png"))
                .isTrue();
    }

    /** The rule: claim checks lead out of no allowed prefix; nobody is asked for what lies elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera/secret.jpg",
                "camera/photosX/a.jpg",
                "camera/photos",
                "camera/photos/../secret.jpg",
                "camera/photos/holidays/../../secret.jpg",
                "camera/photos/./a.jpg",
                "elsewhere/photos/a.jpg",
                "x/a.jpg",
                "my bucket/a.jpg"
            })
    void refusesWhatLiesElsewhereWithoutAsking(String object) {
        assertThatThrownBy(() -> references("s3://camera/photos").read("s3://" + object, 100))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("s3://" + object);
        assertThat(s3.requests()).isEmpty();
    }

    @Test
    void refusesAKeyThatIsTooLongWithoutAsking() {
        assertThatThrownBy(() -> references("s3://camera").read("s3://camera/" + "k".repeat(1100), 100))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("1024 bytes");
        assertThat(s3.requests()).isEmpty();
    }

    @Test
    void showsNoControlCharacterOfAKey() {
        assertThatThrownBy(() -> references("s3://camera").read("s3://camera/a\u009b2J\u001b.jpg", 100))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("s3://camera/a\uFFFD2J\uFFFD.jpg\" has control characters in its key");
        assertThat(s3.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, KeyTooLongError",
        "400, InvalidRequest",
        "400, InvalidArgument",
        "400, InvalidURI",
        "400, KMS.DisabledException",
        "400, KMS.NotFoundException",
        "400, KMS.KMSInvalidStateException",
        "400, KMS.InvalidKeyUsageException",
        "400, UserKeyMustBeSpecified",
        "400, XMinioInvalidObjectName",
        "422, UnprocessableEntity",
        "451, ''",
        "403, InvalidObjectState",
        "405, MethodNotAllowed",
        "414, ''",
        "404, NoSuchKey"
    })
    void tellsOfOneObjectThatItIsBadInput(int status, String code) {
        s3.failWith(MemoryS3.answer(status, code));
        assertThatThrownBy(() -> references("s3://camera").read("s3://camera/photos/a.jpg", 100))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("s3://camera/photos/a.jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken",
        "400, RequestTimeout",
        "400, InvalidBucketName",
        "400, ''",
        "400, KMS.ThrottlingException",
        "401, ''",
        "403, AccessDenied",
        "403, SignatureDoesNotMatch",
        "403, RequestTimeTooSkewed",
        "404, NoSuchBucket",
        "409, OperationAborted",
        "429, ''",
        "500, InternalError",
        "503, SlowDown",
        "403, InvalidAccessKeyId",
        "403, AllAccessDisabled",
        "301, PermanentRedirect",
        "400, IncompleteSignature",
        "400, RequestExpired",
        "400, UnrecognizedClientException",
        "400, XAmzContentSHA256Mismatch",
        "400, UserProjectMissing",
        "400, InvalidBucketOwnerAWSAccountID",
        "400, InvalidRegionName",
        "400, InvalidClientTokenId",
        "400, CredentialsNotSupported",
        "400, KMS.InternalException",
        "400, KMS.DependencyTimeoutException"
    })
    void triesAgainWhatHoldsForAllObjects(int status, String code) {
        s3.failWith(MemoryS3.answer(status, code));
        assertThatThrownBy(() -> references("s3://camera").read("s3://camera/photos/a.jpg", 100))
                .isInstanceOf(ConnectorException.class);
    }

    private ReferenceReader references(String allowed) {
        connector.sink(new SinkSettings("p", "s3:camera/photos/results" + CLIENT, List.of("caption")), context);
        connector.deadLetter("p", "s3:camera/rejects" + CLIENT, context);
        return connector.references(List.of(allowed + CLIENT), context);
    }

    private static byte[] marked() {
        return DrawingMark.mark(new byte[100]);
    }
}
