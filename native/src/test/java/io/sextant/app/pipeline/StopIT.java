package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, asked to stop while a question is on its way: that one is answered, and later ones are refused. */
final class StopIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private URI base = URI.create("http://127.0.0.1");

    @Test
    void answersAQuestionThatWasBegunAndRefusesLaterOnes() throws Exception {
        configure();
        Path boats = folder.resolve("boats.jpg");
        DemoImages.drop("boats.jpg", boats);
        byte[] image = Files.readAllBytes(boats);
        try (Program program = Program.start(folder, "run")) {
            await().atMost(PATIENCE).until(() -> status("/q/health/ready", false) == 200 || !program.isAlive());
            assertThat(program.isAlive()).as(program.log()).isTrue();

            try (Socket begun = new Socket(base.getHost(), base.getPort())) {
                begun.setSoTimeout((int) PATIENCE.toMillis());
                OutputStream question = begun.getOutputStream();
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(begun.getInputStream(), StandardCharsets.UTF_8));
                question.write("""
                        POST /v1/tasks/caption HTTP/1.1
                        Host: localhost
                        Content-Type: image/jpeg
                        Content-Length: %d
                        Expect: 100-continue
                        Connection: close

                        """.formatted(image.length).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(answer.readLine()).as("it waits for the image").isEqualTo("HTTP/1.1 100 Continue");
                assertThat(answer.readLine()).isEmpty();

                assertThat(program.handle().destroy()).isTrue();
                await().atMost(PATIENCE).until(() -> status("/v1/tasks/caption", true) == 503);
                question.write(image);

                assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(answer.lines().collect(Collectors.joining("\n"))).contains("\"task\":\"caption\"");
            }
            program.exitCode();
            assertThat(program.log()).contains("stopped").doesNotContain("ERROR");
        }
    }

    private void configure() throws IOException {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        Files.createDirectories(folder.resolve("in"));
        try (ServerSocket free = new ServerSocket(0)) {
            base = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=%d
                sextant.http.body-timeout=2m
                sextant.model.path=model
                sextant.pipelines.shop.from=file:in
                sextant.pipelines.shop.to=file:out
                sextant.pipelines.shop.steps[0].task=caption
                """.formatted(base.getPort()));
    }

    /** 0 while nobody listens. */
    private int status(String path, boolean asks) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        if (asks) {
            request.POST(BodyPublishers.ofFile(folder.resolve("boats.jpg")));
        }
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (ConnectException e) {
            return 0;
        }
    }
}
