package io.sextant.app.playground;

import io.sextant.core.error.ConfigurationException;
import io.sextant.routes.config.PropertiesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a playground keeps its data, its logs and the pipelines to try.
 *
 * @param path the folder
 */
record PlaygroundFolder(Path path) {
    static final String USUAL = "sextant-playground";
    static final String BUCKET = "playground";
    static final String IMAGES_TOPIC = "images";
    static final String RESULTS_TOPIC = "results";

    private static final String BROKER = "sextant.kafka.bootstrap.servers";
    private static final String ENDPOINT = "sextant.s3.endpoint";

    PlaygroundFolder {
        Objects.requireNonNull(path, "path");
    }

    /** The configuration for the verb {@code run}. */
    Path configuration() {
        return path.resolve("application.properties");
    }

    /**
     * The address of the broker.
     *
     * @throws ConfigurationException if there is no playground here
     */
    String broker() throws IOException {
        return value(BROKER);
    }

    /**
     * What reaches the S3 server, as settings under {@code sextant.s3}.
     *
     * @throws ConfigurationException if there is no playground here
     */
    String endpoint() throws IOException {
        return value(ENDPOINT);
    }

    /** Writes the pipelines to try; a configuration that is there stays, for it may have been changed. */
    boolean writeConfiguration(String broker, String endpoint) throws IOException {
        if (Files.exists(configuration())) {
            return false;
        }
        Files.writeString(configuration(), """
                # Written by the playground for its own servers; change what you like. All keys: docs/configuration.md
                # The embedded model answers, which knows scenes like the demo's; for another one set sextant.model.path.

                sextant.kafka.bootstrap.servers=%s
                sextant.s3.endpoint=%s
                sextant.s3.access-key=%s
                sextant.s3.secret-key=%s

                # Messages that refer to an image in the bucket; what is found comes as a message for each step.
                sextant.pipelines.messages.from=kafka:%s
                sextant.pipelines.messages.references=s3://%s/images
                sextant.pipelines.messages.steps[0].task=caption
                sextant.pipelines.messages.steps[1].task=detection
                sextant.pipelines.messages.steps[1].prompt=ball
                sextant.pipelines.messages.to=kafka:%s

                # Images that lie below a prefix of the bucket; what is found lies below another one.
                sextant.pipelines.bucket.from=s3:%s/inbox?delay=1000
                sextant.pipelines.bucket.original=move
                sextant.pipelines.bucket.steps[0].task=caption
                sextant.pipelines.bucket.to=s3:%s/results
                sextant.pipelines.bucket.draw=true
                """.formatted(
                        broker,
                        endpoint,
                        S3Server.ACCESS_KEY,
                        S3Server.SECRET_KEY,
                        IMAGES_TOPIC,
                        BUCKET,
                        RESULTS_TOPIC,
                        BUCKET,
                        BUCKET));
        return true;
    }

    /** The addresses an earlier playground wrote down, so that one that starts again uses the same. */
    Map<String, String> addresses() throws IOException {
        if (!Files.exists(configuration())) {
            return Map.of();
        }
        Map<String, String> properties = PropertiesFile.read(configuration());
        Map<String, String> addresses = new HashMap<>();
        for (String key : new String[] {BROKER, ENDPOINT}) {
            String value = properties.get(key);
            if (value != null) {
                addresses.put(key, value.strip());
            }
        }
        return addresses;
    }

    private String value(String key) throws IOException {
        String value = addresses().get(key);
        if (value == null) {
            throw new ConfigurationException("There is no playground in " + path
                    + ": start one with sextant playground, or name its folder with --folder.");
        }
        return value;
    }
}
