package io.sextant.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

final class OneLineFilterTest {
    private static final String FORGED =
            "imageKey=a\r\n2026-01-01 INFO all is well\u2028\u001b[2J\u009b2J\u202egnp.png image answered";

    private final OneLineFilter filter = new OneLineFilter();

    private String told(String logger, String text) {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, text, ExtLogRecord.FormatStyle.NO_FORMAT, "caller");
        record.setLoggerName(logger);
        assertThat(filter.isLoggable(record)).isTrue();
        return record.getFormattedMessage();
    }

    @Test
    void keepsNamesWithLineEndsOnOneLine() {
        assertThat(told("io.sextant.routes.ProgressLog", FORGED))
                .isEqualTo(
                        "imageKey=a\\r\\n2026-01-01 INFO all is well\\u2028\\u001b[2J\\u009b2J\\u202egnp.png image answered");
    }

    @Test
    void leavesOtherMessagesAsTheyAre() {
        assertThat(told("io.sextant.routes.ProgressLog", "imageKey=größe 100 % {0} %s.png"))
                .isEqualTo("imageKey=größe 100 % {0} %s.png");
        assertThat(told("org.apache.camel", "one\ntwo")).isEqualTo("one\ntwo");
    }

    @Test
    void fillsInWhatAMessageLeavesOpenOnce() {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "image %s", ExtLogRecord.FormatStyle.PRINTF, "caller");
        record.setLoggerName("io.sextant.connectors");
        record.setParameters(new Object[] {"a\n%s"});
        filter.isLoggable(record);
        assertThat(record.getFormattedMessage()).isEqualTo("image a\\n%s");
    }
}
