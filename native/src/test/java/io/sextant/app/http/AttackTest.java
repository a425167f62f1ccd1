package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What strangers do to the doors: every call is answered, with a body that says what is wrong, and none holds up the others.
 *
 * <p>A fixed number of seeded rounds in the normal build; {@code -Dsextant.fuzz.minutes=60} goes on for that long with further seeds.
 * A failure names its seed.
 */
@QuarkusTest
@TestProfile(AttackProfile.class)
class AttackTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ROUNDS = 2_000;
    private static final int SLOW_CALLERS = 200;
    private static final int CALLS_AT_ONCE = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TestHTTPResource("/")
    URI base;

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private byte[] image;
    private String session;

    @BeforeEach
    void prepare() throws Exception {
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        image = Files.readAllBytes(folder.resolve("cakes.jpg"));
        session = McpTest.initialize(new Client(base))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    @Test
    void answersEveryMalformedCallInTypedForm() throws Exception {
        FuzzedCalls calls = new FuzzedCalls(base, session, image);
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("sextant.fuzz.minutes", 0)).toNanos();
        List<String> faults = new ArrayList<>();
        long before = 0;
        int refused = 0;
        List<String> failures = new CopyOnWriteArrayList<>();
        try (HeardLog log = new HeardLog(record -> {
            if (record.getThrown() != null && failures.size() < 50) {
                failures.add(record.getLoggerName() + ": " + record.getFormattedMessage() + record.getThrown());
            }
        })) {
            for (long seed = 0; seed < ROUNDS || System.nanoTime() < end; seed++) {
                HttpRequest request = calls.make(new Random(seed));
                HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
                refused += response.statusCode() >= 400 ? 1 : 0;
                if (!isTyped(response) && faults.size() < 50) {
                    faults.add("seed " + seed + ", " + response.statusCode() + " to " + request.method() + " "
                            + request.uri() + " " + request.headers().map() + ": " + text(response));
                }
                if (seed == ROUNDS / 3) {
                    before = usedBytes();
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(failures).as("what failed behind the answers").isEmpty();
        assertThat(refused).isGreaterThan(ROUNDS / 3);
        assertThat(usedBytes() - before)
                .as("bytes of the heap that have come to stay")
                .isLessThan(64L << 20);
    }

    /** Seeds that an hour of these found: a path that is none, and metrics behind two slashes and behind a parent folder. */
    @ParameterizedTest
    @ValueSource(longs = {19_021, 19_050, 50_103})
    void answersWhatIsFarFromTheFirstSeeds(long seed) throws Exception {
        HttpRequest request = new FuzzedCalls(base, session, image).make(new Random(seed));
        requireTyped("seed " + seed, http.send(request, BodyHandlers.ofByteArray()));
        assertIsWell();
    }

    @Test
    void refusesBadImagesAtEveryDoor() throws Exception {
        Map<String, byte[]> images = BadImages.all();
        assertThat(images).hasSizeGreaterThanOrEqualTo(66);
        for (Map.Entry<String, byte[]> bad : images.entrySet()) {
            byte[] bytes = bad.getValue();
            String data = Base64.getEncoder().encodeToString(bytes);
            Client client = new Client(base);
            requireTyped(bad.getKey(), client.post("/v1/tasks/caption", bytes, "Content-Type", "image/jpeg"));
            requireTyped(bad.getKey(), client.postForm("/v1/tasks/caption", "", bytes));
            requireTyped(
                    bad.getKey(), client.postJson("/v1/tasks/caption", "{\"image\": {\"data\": \"" + data + "\"}}"));
            requireTyped(
                    bad.getKey(),
                    client.postJson(
                            "/v1/chat/completions",
                            "{\"model\": \"held\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\","
                                    + " \"text\": \"what?\"}, {\"type\": \"image_url\", \"image_url\": {\"url\":"
                                    + " \"data:image/jpeg;base64," + data + "\"}}]}]}"));
            HttpResponse<byte[]> tool = client.post(
                    "/mcp",
                    ("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"caption\","
                                    + "\"arguments\":{\"image\":\"" + data + "\"}}}")
                            .getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/json",
                    "Accept",
                    "application/json, text/event-stream",
                    "Mcp-Session-Id",
                    session);
            assertThat(tool.statusCode()).as(bad.getKey()).isEqualTo(200);
            assertThat(new String(tool.body(), StandardCharsets.UTF_8))
                    .as(bad.getKey())
                    .contains("jsonrpc")
                    .doesNotContain("problem:defect");
        }
        assertIsWell();
    }

    /** Half of them send a body byte by byte, half never end the head of their call. */
    @Test
    void answersOthersWhileSomeAreSlowAndEndsThese() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CALLERS; i++) {
                Socket socket = connect();
                slow.add(socket);
                String path = List.of("/v1/tasks/caption", "/v1/chat/completions", "/mcp")
                        .get(i % 3);
                String head = "POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n";
                socket.getOutputStream()
                        .write((head + (i % 2 == 0 ? "\r\n{" : "X-")).getBytes(StandardCharsets.US_ASCII));
            }
            for (int round = 0; round < 5; round++) {
                for (Socket socket : slow) {
                    socket.getOutputStream().write('1');
                }
                assertIsWell();
            }
            for (int i = 0; i < SLOW_CALLERS; i += 2) {
                String answer = new String(slow.get(i).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 408").contains("body-late");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertIsWell();
    }

    @Test
    void answersOrRefusesEachOfAThousandCallsAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS_AT_ONCE; i++) {
            calls.add(new Client(base).postLater("/v1/tasks/caption", image));
            if (i % 50 == 49) {
                // A machine's own queue for connections is short.
                calls.get(i).get();
            }
        }
        int answered = 0;
        for (CompletableFuture<HttpResponse<byte[]>> call : calls) {
            HttpResponse<byte[]> response = call.get();
            assertThat(response.statusCode()).isIn(200, 429, 503);
            if (response.statusCode() == 200) {
                answered++;
            } else {
                requireTyped("a call of a thousand", response);
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
        }
        assertThat(answered).isPositive();
    }

    private void assertIsWell() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/tasks/caption"))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofByteArray(image))
                .build();
        assertThat(http.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void requireTyped(String what, HttpResponse<byte[]> response) throws IOException {
        assertThat(isTyped(response))
                .as(what + ": " + response.statusCode() + " " + text(response))
                .isTrue();
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /**
     * Whether it is an answer, or says what is wrong in a form for programs; what is below /q is the framework's own, and may say nothing, and
     * so may the server of what is no path and comes to no door.
     */
    private static boolean isTyped(HttpResponse<byte[]> response) {
        boolean isSilent = response.request().method().equals("HEAD")
                || (response.body().length == 0
                        && (path(response.uri()).startsWith("/q/") || isNoPath(response.uri())));
        if (response.statusCode() == 500 || response.statusCode() < 400 || isSilent) {
            return response.statusCode() != 500;
        }
        try {
            JsonNode answer = MAPPER.readTree(response.body());
            return Stream.of("/type", "/error/code", "/error/type")
                    .anyMatch(kind -> !answer.at(kind).asText().isEmpty());
        } catch (IOException e) {
            return false;
        }
    }

    /** As the server reads it. */
    private static String path(URI uri) {
        return uri.getPath().replaceAll("/+", "/").replaceFirst("^(/\\.\\.)+", "");
    }

    private static boolean isNoPath(URI uri) {
        return uri.getPath().matches("//+");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
