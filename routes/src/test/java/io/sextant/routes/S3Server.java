package io.sextant.routes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real server that speaks the S3 protocol, in a JVM of its own, with a client for a test. Its objects outlive a stop. */
public final class S3Server implements AutoCloseable {
    /** Who may ask. */
    public static final String ACCESS_KEY = "playground";
    /** Belongs to the access key. */
    public static final String SECRET_KEY = "playground-secret";

    private final Path folder;
    private final int port = ServerProcess.freePort();
    private final S3Client client;
    private @Nullable ServerProcess process;

    private S3Server(Path folder) {
        this.folder = folder;
        this.client = S3Client.builder()
                .endpointOverride(URI.create(address()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    /** Prepares one that is not started; its objects lie below a folder that must exist. */
    public static S3Server prepare(Path folder) {
        S3Server server = new S3Server(folder);
        try {
            Files.createDirectories(folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    /** Starts it, also after it was stopped or killed, and waits until it answers. */
    public S3Server start() {
        return start(SECRET_KEY);
    }

    /** Starts it with another secret: to clients that know the usual one it refuses everything. */
    public S3Server start(String secretKey) {
        try {
            Files.writeString(settings(), properties(secretKey));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = ServerProcess.start(
                "s3",
                folder.resolve("server.log"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + ServerProcess.folder("s3").resolve("logback.xml"),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings().toString());
        await().atMost(Duration.ofSeconds(60)).until(() -> answers(secretKey));
        return this;
    }

    /** SIGTERM. */
    public void stop() {
        ServerProcess running = process;
        if (running != null) {
            running.stop();
        }
    }

    /** SIGKILL. */
    public void kill() {
        ServerProcess running = process;
        if (running != null) {
            running.kill();
        }
    }

    /** Its URL. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** What a pipeline needs to reach it. */
    Map<String, String> configuration() {
        Map<String, String> properties = new HashMap<>();
        properties.put("sextant.s3.endpoint", address());
        properties.put("sextant.s3.access-key", ACCESS_KEY);
        properties.put("sextant.s3.secret-key", SECRET_KEY);
        return properties;
    }

    /** Makes a bucket. */
    public void createBucket(String bucket) {
        client.createBucket(request -> request.bucket(bucket));
    }

    /** Puts an object, whole. */
    public void put(String bucket, String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** Reads an object. */
    public byte[] get(String bucket, String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray();
    }

    /** Deletes an object. */
    public void delete(String bucket, String key) {
        client.deleteObject(request -> request.bucket(bucket).key(key));
    }

    /** All keys of a bucket, in order. */
    public List<String> keys(String bucket) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        client.close();
        kill();
    }

    /** Refused is an answer, too, where the test wants it so. */
    private boolean answers(String secretKey) {
        try {
            client.listBuckets();
            return true;
        } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
            return !secretKey.equals(SECRET_KEY) && e.statusCode() == 403;
        } catch (SdkException e) {
            return false;
        }
    }

    private Path settings() {
        return folder.resolve("s3.properties");
    }

    private String properties(String secretKey) {
        return ServerProcess.settings(
                "s3",
                Map.of(
                        "port",
                        port,
                        "accessKey",
                        ACCESS_KEY,
                        "secretKey",
                        secretKey,
                        "data",
                        folder.resolve("data").toString().replace('\\', '/')));
    }
}
