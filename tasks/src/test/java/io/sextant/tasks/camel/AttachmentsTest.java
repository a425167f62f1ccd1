package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.DefaultAttachmentMessage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images in mails, and in forms with files. */
class AttachmentsTest {
    private static final byte[] BLUE = Images.png(20, 10, 0x336699);
    private static final byte[] RED = Images.png(30, 15, 0x993333);

    private final FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("a cat");
    private final CamelContext camel = new DefaultCamelContext();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(String name, String type, byte[] content) implements DataSource {
        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("only read");
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public String getName() {
            return name;
        }
    }

    @BeforeEach
    void start() {
        camel.getRegistry().bind("runner", new ModelTaskRunner(model, TaskRegistries.discover()));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange message(@Nullable Object body, @Nullable String contentType) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);
        return exchange;
    }

    private static void attach(Exchange exchange, String name, String type, byte[] content) {
        new DefaultAttachmentMessage(exchange.getMessage())
                .addAttachment(name, new DataHandler(new Part(name, type, content)));
    }

    private Exchange sent(Exchange exchange) throws IOException {
        return sent("sextant:caption?output=OUTCOME", exchange);
    }

    private Exchange sent(String uri, Exchange exchange) throws IOException {
        try (var template = camel.createProducerTemplate()) {
            return template.send(uri, exchange);
        }
    }

    private static TaskOutcome.ImageReference image(Object outcome) {
        return Objects.requireNonNull(((TaskOutcome) outcome).image());
    }

    private static int width(Object outcome) {
        return image(outcome).width();
    }

    @Test
    void aMailsImageIsAskedAboutAndItsTextAndTermsAreNot() throws IOException {
        Exchange mail = message("Dear all, see the photo.", "text/plain");
        attach(mail, "photo.png", "image/png; name=photo.png", BLUE);
        attach(mail, "terms.pdf", "application/pdf", new byte[] {'%', 'P', 'D', 'F'});

        Exchange answered = sent(mail);

        assertThat(width(answered.getMessage().getBody())).isEqualTo(20);
        assertThat(image(answered.getMessage().getBody()).name()).isEqualTo("photo.png");
    }

    @Test
    void severalAreABatchInTheirOrder() throws IOException {
        Exchange form = message(new byte[] {'h', 'i'}, "text/plain");
        attach(form, "a", "image/png", BLUE);
        attach(form, "b", "IMAGE/PNG", RED);

        assertThat(sent(form).getMessage().getBody(List.class))
                .extracting(AttachmentsTest::width)
                .containsExactly(20, 30);
    }

    @Test
    void aBodyThatIsAnImageGoesBeforeThem() throws IOException {
        Exchange form = message(RED, "image/png");
        attach(form, "a", "image/png", BLUE);

        assertThat(sent(form).getMessage().getBody(List.class))
                .extracting(AttachmentsTest::width)
                .containsExactly(30, 20);
    }

    @Test
    void aBodyThatIsASpentStreamIsAskedAboutAgainBesideThem() throws IOException {
        Exchange form = message(new ByteArrayInputStream(RED), "image/png");
        attach(form, "a", "image/png", BLUE);
        InputStream body = form.getMessage().getBody(InputStream.class);
        assertThat(sent(form).getException()).isNull();
        form.getMessage().setBody(body);
        form.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/png");

        assertThat(sent(form).getMessage().getBody(List.class))
                .extracting(AttachmentsTest::width)
                .containsExactly(30, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatAStepDrewIsAskedAboutInPlaceOfThem(int attachments) throws IOException {
        Exchange mail = message("Dear all", "text/plain");
        for (int i = 0; i < attachments; i++) {
            attach(mail, "photo " + i, "image/png", BLUE);
        }
        Exchange drawn = sent("sextant:detection?prompt=cup&output=IMAGE", mail);
        assertThat(drawn.getException()).isNull();
        List<?> bodies = drawn.getMessage().getBody() instanceof List<?> list
                ? list
                : List.of(drawn.getMessage().getBody());

        List<?> answers = sent(drawn).getMessage().getBody() instanceof List<?> list
                ? list
                : List.of(drawn.getMessage().getBody());

        assertThat(answers)
                .extracting(answer -> image(answer).digest())
                .containsExactlyElementsOf(bodies.stream()
                        .map(body -> new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT)
                                .decode("", (byte[]) body)
                                .digest())
                        .toList());
    }

    @Test
    void whatIsAttachedAndNoImageIsTold() throws IOException {
        Exchange mail = message("Dear all", "text/plain");
        attach(mail, "terms.pdf", "application/pdf", new byte[] {'%', 'P', 'D', 'F'});

        assertThat(sent(mail).getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"terms.pdf\" (application/pdf) attached")
                .hasMessageContaining("attachments whose media type is an image's");
    }

    @Test
    void aMultipartBodyInOnePieceIsToldHowToBeTakenApart() throws IOException {
        assertThat(sent(message("--x\r\n".getBytes(StandardCharsets.US_ASCII), "multipart/form-data; boundary=x"))
                        .getException())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("unmarshal().mimeMultipart()");
    }

    @Test
    void anImageUnderTheMultipartTypeOfAnEarlierStepIsAnImage() throws IOException {
        Exchange answered = sent(message(RED, "multipart/form-data; boundary=x"));

        assertThat(answered.getException()).isNull();
    }
}
