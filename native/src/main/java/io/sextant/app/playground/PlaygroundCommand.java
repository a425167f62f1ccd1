package io.sextant.app.playground;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a Kafka broker and an S3 server on this machine, writes pipelines to try, and stops both on Ctrl-C. */
@Command(
        name = "playground",
        description = "Starts a Kafka broker and an S3 server to try things out with; Ctrl-C stops them.",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class PlaygroundCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Mixin
    private FolderOption place;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "19092",
            description = "Where the broker listens, on this machine alone; 0 for any. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--s3-port",
            paramLabel = "PORT",
            defaultValue = "19000",
            description = "Where the S3 server listens, on this machine alone; 0 for any. Default: ${DEFAULT-VALUE}.")
    private int s3Port;

    /** @param terminal to say what to type next */
    public PlaygroundCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        common.applyLogging();
        PlaygroundFolder playground = place.folder();
        Path folder = playground.path();
        Files.createDirectories(folder);
        KafkaServer kafka =
                new KafkaServer(folder.resolve("kafka"), ServerProcess.requireFree("--kafka-port", kafkaPort));
        S3Server s3 = new S3Server(folder.resolve("s3"), ServerProcess.requireFree("--s3-port", s3Port));
        terminal.note("Starting a Kafka broker and an S3 server ...");
        try (ServerProcess broker =
                        kafka.start(List.of(PlaygroundFolder.IMAGES_TOPIC, PlaygroundFolder.RESULTS_TOPIC));
                ServerProcess bucket = s3.start(PlaygroundFolder.BUCKET)) {
            AtomicBoolean isStopping = new AtomicBoolean();
            Thread stop = new Thread(
                    () -> {
                        isStopping.set(true);
                        bucket.close();
                        broker.close();
                    },
                    "playground-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            configure(playground, kafka, s3);
            sayWhatIsThere(playground, kafka, s3);
            // Ctrl-C ends this process and stops both; one that ends by itself has failed.
            CompletableFuture.anyOf(broker.whenEnded(), bucket.whenEnded()).join();
            ServerProcess ended = broker.isAlive() ? bucket : broker;
            if (isStopping.get() || ended.wasInterrupted()) {
                return ExitCode.DONE;
            }
            throw ended.failed();
        }
    }

    private void configure(PlaygroundFolder playground, KafkaServer kafka, S3Server s3) throws Exception {
        boolean isNew = playground.writeConfiguration(kafka.address(), s3.address());
        if (!isNew
                && !(playground.broker().equals(kafka.address())
                        && playground.endpoint().equals(s3.address()))) {
            terminal.note("NOTE: " + playground.configuration() + " was written before and names other ports: "
                    + playground.broker() + ", " + playground.endpoint() + "; change or delete it.");
        }
    }

    private void sayWhatIsThere(PlaygroundFolder playground, KafkaServer kafka, S3Server s3) {
        String command = terminal.command();
        Path folder = playground.path();
        String option = folder.equals(Path.of(PlaygroundFolder.USUAL)) ? "" : " --folder " + folder;
        terminal.out().println("""
                Kafka broker  %s, topics "%s" and "%s"
                S3 server     %s, bucket "%s", access key %s, secret key %s
                Pipelines     %s

                In a second terminal, start the pipelines:
                  %s run --config %s
                In a third one, send an image as a message, and see what comes out:
                  %s playground send IMAGE%s
                  %s playground results%s
                Or put it into the bucket alone, and find results and drawings there, kept as files:
                  %s playground send --inbox IMAGE%s
                  ls %s

                Ctrl-C stops both servers; what they hold stays in %s.""".formatted(
                        kafka.address(),
                        PlaygroundFolder.IMAGES_TOPIC,
                        PlaygroundFolder.RESULTS_TOPIC,
                        s3.address(),
                        PlaygroundFolder.BUCKET,
                        S3Server.ACCESS_KEY,
                        S3Server.SECRET_KEY,
                        playground.configuration(),
                        command,
                        playground.configuration(),
                        command,
                        option,
                        command,
                        option,
                        command,
                        option,
                        s3.files(PlaygroundFolder.BUCKET).resolve("results"),
                        folder));
        terminal.out().flush();
    }
}
