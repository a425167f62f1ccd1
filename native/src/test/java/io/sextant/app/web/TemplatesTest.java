package io.sextant.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplatesTest {
    @Test
    void whatOthersWroteIsTextAndNeverMarkup() {
        String page = new Templates()
                .letters(Map.of(
                        "pipeline",
                        "photos",
                        "place",
                        "kafka:<i>",
                        "isReplayable",
                        true,
                        "all",
                        1,
                        "letters",
                        List.of(Map.of(
                                "position", "rejected-0@1",
                                "category", "invalid input",
                                "message", "\"<script>alert(1)</script>.jpg\" is no image",
                                "obstacle", "",
                                "image", "data:image/png;base64,\" onerror=\"x"))));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)", "kafka:&lt;i&gt;", "invalid input")
                .doesNotContain("<script>alert", "\" onerror=\"");
    }
}
