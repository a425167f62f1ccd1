package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.routes.config.SettingsReader;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rule: all bodies that are being sent or answered have so much memory together, and no more. */
final class OpenBodiesTest {
    private static final int ROOM = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        Bodies bodies = new Bodies(Toolkit.of(SettingsReader.withSources(List.of())));
        new OpenBodies(bodies, PATIENCE, ROOM).register(router);
        router.route().handler(call -> call.end(String.valueOf(call.body().length())));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, InetAddress.getLoopbackAddress().getHostAddress())
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void refusesWhatDoesNotFitBesideTheBodiesThatAreStillSent() throws Exception {
        try (Socket slow = call(61, 60)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(answer(call(50, 50)))
                            .startsWith("HTTP/1.1 503")
                            .contains("problem:busy")
                            .containsIgnoringCase("Retry-After: "));
            assertThat(answer(call(30, 30))).startsWith("HTTP/1.1 200");

            slow.getOutputStream().write('x');
            assertThat(answer(slow)).startsWith("HTTP/1.1 200").endsWith("61");
        }
        assertThat(answer(call(ROOM, ROOM))).startsWith("HTTP/1.1 200");
    }

    @Test
    void hasTheRoomBackOfCallersWhoHungUp() throws Exception {
        call(90, 80).close();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answer(call(ROOM, ROOM))).startsWith("HTTP/1.1 200"));
    }

    @Test
    void refusesABodyThatIsLargerThanTheRoom() throws Exception {
        assertThat(answer(call(ROOM + 1, ROOM + 1))).startsWith("HTTP/1.1 503");
        assertThat(answer(call(ROOM, ROOM))).startsWith("HTTP/1.1 200");
    }

    /** A call that tells of one length of its body, and has sent another. */
    private Socket call(int told, int sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        String head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + told + "\r\n\r\n";
        socket.getOutputStream().write((head + "x".repeat(sent)).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket call) throws IOException {
        try (call) {
            return new String(call.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
