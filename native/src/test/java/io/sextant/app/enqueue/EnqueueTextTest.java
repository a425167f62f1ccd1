package io.sextant.app.enqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.archive.Enqueuing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnqueueTextTest {
    private static final Enqueuing.State BEGIN = new Enqueuing.State("a.jpg", 400, 100);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private long now;

    /** Ten seconds for a thousand, of which nine hundred were sent. */
    @ParameterizedTest
    @CsvSource({
        "4000, '25 % of 4000, about 30 s left'",
        "61000, '1 % of 61000, about 10 min left'",
        "1000, '100 % of 1000, about 0 s left'",
        "900, '100 % of 1000, about 0 s left'",
    })
    void saysHowLongTheRestTakes(long count, String said) {
        tell(count);
        assertThat(out.toString()).contains("sent 1300, not chosen 200, 90 a second, " + said + ", up to m.jpg");
    }

    @Test
    void saysNothingOfTheRestWhereNobodyCounted() {
        tell(null);
        assertThat(out.toString()).contains("sent 1300, not chosen 200, 90 a second, up to m.jpg");
    }

    private void tell(@Nullable Long count) {
        StateFile file = new StateFile(folder.resolve("state"), "command");
        EnqueueText text = new EnqueueText(new PrintWriter(out, true), file, BEGIN, count, () -> now);
        now += 10_000_000_000L;
        text.reached(new Enqueuing.State("m.jpg", 1300, 200));
    }
}
