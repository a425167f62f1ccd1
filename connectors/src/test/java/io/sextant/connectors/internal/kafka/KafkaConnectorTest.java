package io.sextant.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KafkaConnectorTest {
    @Test
    void tellsUnknownSettingsOfVariablesFromThoseOfFiles() {
        assertThat(KafkaConnector.ofVariables(
                        Set.of("lag.alarm", "securty.protocol"),
                        Map.of("SEXTANT_KAFKA_LAG_ALARM", "5", "PATH", "/bin")))
                .containsExactly("lag.alarm");
    }
}
