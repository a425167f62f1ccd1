package io.sextant.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.letter.StoredLetter;
import io.sextant.core.error.ErrorCategory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Letters are named by whoever sent the messages. */
final class ReplayTextTest {
    private final StringWriter written = new StringWriter();
    private final ReplayText text = new ReplayText(new PrintWriter(written), false);
    private final StoredLetter letter = new StoredLetter(
            "a\u001b[31m\n  sent  b.json",
            new StoredLetter.Reason("shelves", ErrorCategory.INVALID_INPUT, "no image\r\u009b2J"),
            null,
            null,
            null,
            List.of(),
            null);

    @Test
    void tellsEachLetterOnALineThatSteersNoTerminal() {
        text.place("letters\u0007");
        text.replayed(letter, "images\n");
        text.refused(letter, "it lies at c\nd");

        assertThat(written.toString().lines()).hasSize(3);
        assertThat(written.toString()).doesNotContainPattern("[\\p{Cc}&&[^\n]]").contains("a\\u001b[31m\\n  sent");
    }
}
