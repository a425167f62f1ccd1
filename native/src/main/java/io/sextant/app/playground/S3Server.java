package io.sextant.app.playground;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that speaks the S3 protocol and keeps its objects as files, reached from this machine alone. */
final class S3Server {
    static final String ACCESS_KEY = "playground";
    static final String SECRET_KEY = "playground-secret";

    private final Path folder;
    private final int port;

    /**
     * @param folder of its objects, settings and log
     * @param port free until now
     */
    S3Server(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Where the objects of a bucket lie as files. */
    Path files(String bucket) {
        return folder.resolve("data").resolve(bucket);
    }

    /** A client for a playground's server; the caller closes it. */
    static S3Client client(String address) {
        return S3Client.builder()
                .endpointOverride(URI.create(address))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    /** Starts it, waits until it answers, and has it make the bucket if there is none yet. */
    ServerProcess start(String bucket) throws Exception {
        Path settings = folder.resolve("s3.properties");
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(settings, properties());
        ServerProcess server = ServerProcess.start(
                "S3 server",
                "s3",
                folder.resolve("server.log"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + ServerProcess.folder("s3").resolve("logback.xml"),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString());
        try (S3Client client = client(address())) {
            server.awaitReady(() -> answers(client));
            if (client.listBuckets().buckets().stream()
                    .noneMatch(one -> one.name().equals(bucket))) {
                client.createBucket(request -> request.bucket(bucket));
            }
            return server;
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    private static boolean answers(S3Client client) {
        try {
            client.listBuckets();
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private String properties() throws IOException {
        return ServerProcess.settings(
                "s3",
                Map.of(
                        "port",
                        port,
                        "accessKey",
                        ACCESS_KEY,
                        "secretKey",
                        SECRET_KEY,
                        "data",
                        folder.resolve("data").toAbsolutePath().toString().replace('\\', '/')));
    }
}
