package io.sextant.app.playground;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.Terminal;
import io.sextant.core.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts an image into the playground's bucket, and sends a message that refers to it. */
@Command(
        name = "send",
        description = "Puts an image into the playground's bucket, and sends a message that refers to it.",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class SendCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "IMAGE", description = "The image's file.")
    private Path image;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "Instead of the words the pipeline's steps ask.")
    private @Nullable String prompt;

    @Option(names = "--inbox", description = "Puts it where the pipeline \"bucket\" looks, and sends no message.")
    private boolean isInbox;

    @Mixin
    private FolderOption place;

    /** @param terminal to say what was sent */
    public SendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        common.applyLogging();
        if (!Files.isReadable(image) || Files.isDirectory(image)) {
            throw new InvalidRequestException("Image " + image + " is not a readable file; check the path.");
        }
        PlaygroundFolder playground = place.folder();
        String name =
                Objects.requireNonNull(image.getFileName(), "a file's name").toString();
        String key = (isInbox ? "inbox/" : "images/") + name;
        try (S3Client s3 = S3Server.client(playground.endpoint())) {
            s3.putObject(request -> request.bucket(PlaygroundFolder.BUCKET).key(key), RequestBody.fromFile(image));
        }
        String reference = "s3://" + PlaygroundFolder.BUCKET + "/" + key;
        if (isInbox) {
            terminal.out().println("Put into the bucket: " + reference);
            return ExitCode.DONE;
        }
        send(playground, name, reference);
        return ExitCode.DONE;
    }

    private void send(PlaygroundFolder playground, String name, String reference) throws Exception {
        ProducerRecord<String, String> message = new ProducerRecord<>(PlaygroundFolder.IMAGES_TOPIC, name, reference);
        if (prompt != null) {
            message.headers().add("SextantPrompt", prompt.getBytes(StandardCharsets.UTF_8));
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", playground.broker(), "max.block.ms", 10_000),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(message).get(30, TimeUnit.SECONDS);
        }
        terminal.out()
                .println("Sent to topic \"" + PlaygroundFolder.IMAGES_TOPIC + "\", key " + name + ": " + reference);
    }
}
