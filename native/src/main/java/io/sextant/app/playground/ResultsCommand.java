package io.sextant.app.playground;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.OutputLostException;
import io.sextant.app.console.Printable;
import io.sextant.app.console.Terminal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the messages of the playground's topic of results. */
@Command(
        name = "results",
        description = "Prints the playground's results from the first one on, a line each: key, step, document.",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class ResultsCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Ends when nothing has come for so long. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Mixin
    private FolderOption place;

    /** @param terminal to print to */
    public ResultsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        common.applyLogging();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        place.folder().broker(),
                        "default.api.timeout.ms",
                        10_000,
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition topic = new TopicPartition(PlaygroundFolder.RESULTS_TOPIC, 0);
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long printed = 0;
            long last = System.nanoTime();
            while (System.nanoTime() - last < Duration.ofSeconds(patience).toNanos()) {
                for (ConsumerRecord<String, String> message : consumer.poll(POLL)) {
                    print(message);
                    printed++;
                    last = System.nanoTime();
                }
            }
            if (printed == 0) {
                terminal.note("There are no results yet. Do the pipelines run, and was an image sent?");
            }
        }
        return ExitCode.DONE;
    }

    private void print(ConsumerRecord<String, String> message) throws OutputLostException {
        Header step = message.headers().lastHeader("SextantStep");
        terminal.out()
                .println(Printable.line(message.key() + "  "
                        + (step == null ? "-" : new String(step.value(), StandardCharsets.UTF_8)) + "  "
                        + message.value()));
        terminal.requireOutput();
    }
}
