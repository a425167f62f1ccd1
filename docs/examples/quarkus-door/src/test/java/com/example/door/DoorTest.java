package com.example.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DoorTest {
    @TestHTTPResource
    URI address;

    @Test
    void answersAQuestion() throws Exception {
        assertEquals("1", post("/ask?question=how+many+cameras+are+there%3F", BodyHandlers.ofString()).body());
    }

    @Test
    void drawsWhatItFinds() throws Exception {
        HttpResponse<byte[]> drawn = post("/find?things=camera", BodyHandlers.ofByteArray());
        assertEquals("image/png", drawn.headers().firstValue("Content-Type").orElse(""));
        assertEquals('P', drawn.body()[1]);
    }

    @Test
    void hasHealthAndMetrics() throws Exception {
        assertTrue(get("/q/health/ready").contains("\"model.0.name\": \"sextant-embedded\""));
        assertTrue(get("/q/metrics").contains("sextant_model_requests_running{model=\"0\"}"));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private <T> HttpResponse<T> post(String path, HttpResponse.BodyHandler<T> answer) throws IOException, InterruptedException {
        try (InputStream image = DoorTest.class.getResourceAsStream("/elephants.jpg")) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                    .POST(BodyPublishers.ofByteArray(image.readAllBytes()))
                    .build();
            return HttpClient.newHttpClient().send(request, answer);
        }
    }
}
