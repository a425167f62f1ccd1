package io.sextant.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSourceUriTest {
    @Test
    void takesKafkasSettingsInBothSpellings() {
        KafkaSourceUri uri = KafkaSourceUri.parse(
                "photos", "kafka:a,b?brokers=h:1&groupId=g&max.poll.interval.ms=9000&workers=2", Map.of());

        assertThat(uri.topics()).containsExactly("a", "b");
        assertThat(uri.workers()).isEqualTo(2);
        assertThat(uri.kafka())
                .containsEntry("bootstrap.servers", "h:1")
                .containsEntry("group.id", "g")
                .containsEntry("max.poll.interval.ms", "9000")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("auto.offset.reset", "earliest");
    }

    @Test
    void letsAnOptionWinOverWhatHoldsForAllClients() {
        KafkaSourceUri uri = KafkaSourceUri.parse(
                "photos",
                "kafka:a?groupId=g",
                Map.of("bootstrap.servers", "h:1", "group.id", "shared", "linger.ms", "5"));

        assertThat(uri.kafka()).containsEntry("group.id", "g").doesNotContainKey("linger.ms");
        assertThat(uri.brokers()).isEqualTo("h:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka:a|names no broker",
                "kafka:?brokers=h:1|no topic's name",
                "kafka:a?brokers=h:1&workers=0|workers=0",
                "kafka:a?brokers=h:1&workers=many|workers=many",
                "kafka:a?brokers=h:1&ordered=maybe|ordered=maybe",
                "kafka:a?brokers=h:1&grupId=x|no option grupId",
                "kafka:a?brokers=h:1&enable.auto.commit=true|enable.auto.commit",
                "kafka:a?brokers=h:1&valueDeserializer=x|valueDeserializer",
                "kafka:a?brokers=h:1&commitInterval=soon|commitInterval=soon",
            })
    void namesWhatIsWrong(String uri, String named) {
        assertThatThrownBy(() -> KafkaSourceUri.parse("photos", uri, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(named);
    }

    @Test
    void hasKafkaRefuseMalformedCredentialsAtStartWithoutPrintingThem() {
        KafkaSourceUri uri = KafkaSourceUri.parse(
                "photos",
                "kafka:a?brokers=127.0.0.1:1&security.protocol=SASL_PLAINTEXT&sasl.mechanism=PLAIN&sasl.jaas.config=hush",
                Map.of());

        assertThatThrownBy(() -> KafkaClients.check("kafka:a?sasl.jaas.config=hush", uri.kafka()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("hush");
    }
}
