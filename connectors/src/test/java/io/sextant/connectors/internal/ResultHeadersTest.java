package io.sextant.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.ResultIdentity;
import io.sextant.core.message.MessageHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultHeadersTest {
    private static final String RESULT_ID = "a".repeat(64);

    @Test
    void writesNoHeaderThatSaysSomethingToTheNextReader() {
        assertThat(headers(result("photos/0/1", "dogs")))
                .doesNotContainKeys(MessageHeaders.READ.toArray(String[]::new))
                .containsEntry("SextantResultTask", "detection")
                .containsEntry("SextantStep", "dogs");
    }

    @Test
    void tellsEventsApartByMessageAndStepAndTheSameOnesNot() {
        Map<String, String> first = headers(result("photos/0/1", "dogs"));

        assertThat(headers(result("photos/0/1", "dogs"))).isEqualTo(first);
        assertThat(headers(result("photos/0/2", "dogs")).get("ce_id")).isNotEqualTo(first.get("ce_id"));
        assertThat(headers(result("photos/0/1", "cats")).get("ce_id")).isNotEqualTo(first.get("ce_id"));
        assertThat(first.get("ce_id")).matches("[0-9a-f]{64}").isNotEqualTo(RESULT_ID);
        assertThat(headers(result("photos/0/2", "cats"))).containsEntry("SextantResultId", RESULT_ID);
    }

    @Test
    void letsHeadersOfTheMessageGoOnBehindItsOwn() {
        Map<String, String> headers = headers(result(
                "photos/0/1",
                "dogs",
                MessageHeader.of("traceparent", "00-1-2-01"),
                MessageHeader.of("ce_id", "other")));

        assertThat(headers).containsEntry("traceparent", "00-1-2-01");
        assertThat(headers.get("ce_id")).isNotEqualTo("other");
    }

    private static Map<String, String> headers(ImageResult result) {
        Map<String, String> headers = new LinkedHashMap<>();
        ResultHeaders.of(result).forEach(header -> headers.put(header.name(), header.text()));
        return headers;
    }

    private static ImageResult result(String name, String step, MessageHeader... headers) {
        return new ImageResult(
                name,
                step,
                new ResultIdentity(RESULT_ID, "photos", "detection", "a.jpg", "b".repeat(64), null, List.of(headers)),
                "{}",
                "{}",
                null);
    }
}
