package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, asked to stop while it is asked questions: each is answered or refused, and none is dropped. */
final class StopIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int QUESTIONS = 40;

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private URI base = URI.create("http://127.0.0.1");

    @Test
    void answersOrRefusesWhatWasAskedBefore() throws Exception {
        configure();
        DemoImages.drop("boats.jpg", folder.resolve("boats.jpg"));
        try (Program program = Program.start(folder, "run")) {
            await().atMost(PATIENCE).until(() -> isUp() || !program.isAlive());
            assertThat(program.isAlive()).as(program.log()).isTrue();
            List<CompletableFuture<HttpResponse<String>>> questions = new ArrayList<>();
            for (int i = 0; i < QUESTIONS; i++) {
                questions.add(http.sendAsync(question(), BodyHandlers.ofString()));
            }
            await().atMost(PATIENCE).until(() -> questions.stream().anyMatch(CompletableFuture::isDone));
            assertThat(questions.stream().filter(CompletableFuture::isDone).count())
                    .as("some are still open")
                    .isLessThan(QUESTIONS);

            program.stop();

            for (CompletableFuture<HttpResponse<String>> question : questions) {
                HttpResponse<String> answer = question.get();
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429, 503);
            }
            assertThat(questions)
                    .filteredOn(question -> question.join().statusCode() == 200)
                    .as("more than were answered before")
                    .hasSizeGreaterThan(QUESTIONS / 2);
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
                sextant.model.path=model
                sextant.generation.max-new-tokens=200
                sextant.http.max-concurrent-requests=100
                sextant.pipelines.shop.from=file:in
                sextant.pipelines.shop.to=file:out
                sextant.pipelines.shop.steps[0].task=caption
                """.formatted(base.getPort()));
    }

    private boolean isUp() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(base.resolve("/q/health/ready")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest question() throws IOException {
        return HttpRequest.newBuilder(base.resolve("/v1/tasks/caption"))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofFile(folder.resolve("boats.jpg")))
                .build();
    }
}
