package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long health remembers what could not be opened. */
class ModelFailuresTest {
    private final CamelContext camel = new DefaultCamelContext();
    private final ModelFailures failures = new ModelFailures(() -> this.now);
    private Instant now = Instant.EPOCH;

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void whatAMessageNamedCountsForAMinute() {
        camel.start();
        failures.add(camel.getEndpoint("sextant:caption?model=nowhere"), ModelOptions.DEFAULT, "there is none");

        now = now.plus(ModelFailures.PASSING).minusMillis(1);
        assertThat(failures.messages()).containsExactly("there is none");
        now = now.plusMillis(1);
        assertThat(failures.messages()).isEmpty();
    }

    @Test
    void whatARouteNamesCountsUntilItIsOpen() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:late").to("sextant:caption?model=nowhere&lazyStartProducer=true");
            }
        });
        camel.start();
        failures.add(
                camel.getEndpoint("sextant:caption?model=nowhere&lazyStartProducer=true"),
                ModelOptions.DEFAULT,
                "there is none");

        now = now.plus(ModelFailures.PASSING.multipliedBy(1_000));
        assertThat(failures.messages()).containsExactly("there is none");
        failures.opened(ModelOptions.DEFAULT.withPath("elsewhere"));
        assertThat(failures.messages()).hasSize(1);
        failures.opened(ModelOptions.DEFAULT);
        assertThat(failures.messages()).isEmpty();
    }
}
