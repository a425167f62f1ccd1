package io.sextant.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.Connector;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class ConnectorLifecycleTest {
    private static final Map<String, String> PROPERTIES = Map.of(
            "sextant.pipelines.photos.from", "fake:in",
            "sextant.pipelines.photos.to", "fake:one,fake:two",
            "sextant.pipelines.photos.steps[0].task", "caption");

    private final List<String> events = new ArrayList<>();

    @Test
    void closesWhatItOpenedTheLastFirst() {
        PipelineHarness pipelines =
                PipelineHarness.start(ScriptedModel.describing(), PROPERTIES, Connectors.of(List.of(new Fake(""))));
        assertThat(events).containsExactly("open fake:in", "open fake:one", "open fake:two");
        events.clear();

        pipelines.close();

        assertThat(events).containsExactly("close fake:two", "close fake:one", "close fake:in");
    }

    @Test
    void leavesNothingOpenWhereAPartCannotBeOpened() {
        assertThatThrownBy(() -> PipelineHarness.start(
                        ScriptedModel.describing(), PROPERTIES, Connectors.of(List.of(new Fake("fake:two")))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fake:two is locked");
        assertThat(events).contains("open fake:in", "open fake:one", "close fake:one", "close fake:in");
    }

    private final class Fake implements Connector {
        private final String locked;

        Fake(String locked) {
            this.locked = locked;
        }

        @Override
        public String scheme() {
            return "fake";
        }

        @Override
        public ImageSource source(SourceSettings settings, CamelContext context) {
            return new ImageSource() {
                @Override
                public Endpoint endpoint() {
                    return context.getEndpoint("direct:in");
                }

                @Override
                public void open() {
                    events.add("open " + settings.uri());
                }

                @Override
                public Optional<ImageDelivery> delivery(Exchange exchange) {
                    return Optional.empty();
                }

                @Override
                public Optional<ResultSink> beside(List<String> steps) {
                    return Optional.empty();
                }

                @Override
                public void close() {
                    events.add("close " + settings.uri());
                }
            };
        }

        @Override
        public ResultSink sink(SinkSettings settings, CamelContext context) {
            return new ResultSink() {
                @Override
                public void open() {
                    if (settings.uri().equals(locked)) {
                        throw new ConfigurationException(locked + " is locked");
                    }
                    events.add("open " + settings.uri());
                }

                @Override
                public void publish(ImageResult result) {}

                @Override
                public Optional<PublishedResult> find(String name, String step) {
                    return Optional.empty();
                }

                @Override
                public void close() {
                    events.add("close " + settings.uri());
                }
            };
        }
    }
}
