package io.sextant.routes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderPatternsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "traceparent,tracestate,baggage | traceparent | true",
                "traceparent,tracestate,baggage | TraceParent | true",
                "traceparent,tracestate,baggage | correlationId | false",
                "correlation* | correlationId | true",
                "correlation* | my-correlation | false",
                "*correl*ion* | my-correlation-id | true",
                "x.y | xzy | false",
                "* | b3 | true",
                "* | SextantPrompt | false",
                "* | sextantTask | false",
                "* | ce_id | false",
                "* | ce_partitionkey | true",
                "* | Content-Type | false",
                "* | CamelFileName | false",
                "* | kafka.OVERRIDE_TOPIC | false",
                "none | traceparent | false"
            })
    void letsGoOnWhatIsNamedAndNotTrueOfTheMessageAlone(String patterns, String header, boolean goesOn) {
        assertThat(HeaderPatterns.of(List.of(patterns.split(","))).matches(header))
                .isEqualTo(goesOn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SextantTask", "sextant*", "ce_id", "Content-Type", "camelFileName", " "})
    void refusesWhatNeverGoesOn(String pattern) {
        assertThatThrownBy(() -> HeaderPatterns.of(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forward-headers");
    }

    @Test
    void isTheTraceContextByDefault() {
        assertThat(HeaderPatterns.TRACE_CONTEXT.patterns()).containsExactly("traceparent", "tracestate", "baggage");
    }
}
