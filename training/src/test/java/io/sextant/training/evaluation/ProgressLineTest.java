package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void saysSpeedAndTimeLeftEveryFiveSeconds() {
        AtomicLong now = new AtomicLong();
        StringWriter out = new StringWriter();
        ProgressLine progress = new ProgressLine(new PrintWriter(out), 100, now::get);

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        progress.accept(10);
        assertThat(out.toString()).isEmpty();
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        progress.accept(20);

        assertThat(out.toString()).isEqualTo("20 of 100 requests, 4.0 a second, 20 s left" + System.lineSeparator());
    }
}
