package io.sextant.connectors.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import org.junit.jupiter.api.Test;

class RingsTest {
    private final Rings<String> rings = new Rings<>(String::equals);

    @Test
    void refusesAPipelineThatReadsWhatItWrites() {
        rings.takes("p", "from=kafka:x", "x");

        assertThatThrownBy(() -> rings.puts("p", "dead-letter=kafka:x", "x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "sextant.pipelines.\"p\".dead-letter=kafka:x is read by sextant.pipelines.\"p\".from=kafka:x");
    }

    @Test
    void refusesARingOfSeveralWhicheverComesLast() {
        rings.puts("a", "move-to=file:y", "y");
        rings.takes("b", "from=file:y", "y");
        rings.puts("b", "move-to=file:z", "z");
        rings.takes("c", "from=file:z", "z");
        rings.puts("c", "dead-letter=file:x", "x");

        assertThatThrownBy(() -> rings.takes("a", "from=file:x", "x"))
                .hasMessageContaining("\"a\".move-to=file:y")
                .hasMessageContaining("\"b\".move-to=file:z")
                .hasMessageContaining("\"c\".dead-letter=file:x");
    }

    @Test
    void letsPipelinesFollowEachOther() {
        assertThatCode(() -> {
                    rings.takes("a", "from=x", "x");
                    rings.puts("a", "to=y", "y");
                    rings.puts("a", "dead-letter=z", "z");
                    rings.takes("b", "from=y", "y");
                    rings.puts("b", "to=z", "z");
                })
                .doesNotThrowAnyException();
    }
}
