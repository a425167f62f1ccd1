package io.sextant.connectors.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.InvalidImageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rule: of allowed hosts alone, at the address that was looked at, within size and time, whatever names and redirects say.
 *
 * <p>127.0.0.2 stands for a host on the Internet; 127.0.0.1 is this machine, where another server listens that nobody may reach.
 */
final class UrlReferencesTest {
    private static final String OUTSIDE = "127.0.0.2";
    private static final byte[] IMAGE = "an image".getBytes(StandardCharsets.UTF_8);
    private static final long MAX_BYTES = 1000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Headers> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger reachedInside = new AtomicInteger();
    private final AtomicInteger lookedUp = new AtomicInteger();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private HttpServer outside;
    private HttpServer inside;
    private String images;

    @BeforeEach
    void listen() throws Exception {
        outside = HttpServer.create(new InetSocketAddress(OUTSIDE, 0), 0);
        int port = outside.getAddress().getPort();
        inside = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        inside.createContext("/", call -> {
            reachedInside.incrementAndGet();
            send(call, IMAGE);
        });
        images = "http://images.example:" + port;
        serve("/a.jpg", call -> send(call, IMAGE));
        for (HttpServer server : List.of(outside, inside)) {
            server.setExecutor(threads);
            server.start();
        }
    }

    @AfterEach
    void stop() {
        stopped.complete(null);
        outside.stop(0);
        inside.stop(0);
        threads.shutdownNow();
    }

    @Test
    void readsFromAnAllowedHostAndSendsNothingOfItsOwn() {
        serve("/cookie.jpg", call -> {
            call.getResponseHeaders().add("Set-Cookie", "who=you");
            redirect(call, "/a.jpg");
        });
        assertThat(references().read(images + "/cookie.jpg?key=1#part", MAX_BYTES))
                .isEqualTo(IMAGE);
        assertThat(asked).hasSize(2);
        assertThat(asked)
                .allSatisfy(headers ->
                        assertThat(headers.keySet()).containsExactlyInAnyOrder("Host", "Connection", "User-agent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example:PORT/a.jpg",
                "http://images.example/a.jpg",
                "http://127.0.0.1:PORT/a.jpg",
                "http://[::1]:PORT/a.jpg",
                "http://2130706433:PORT/a.jpg",
                "http://localhost:PORT/a.jpg"
            })
    void refusesWhoIsNotOnTheListAndSaysWhichKeyAllowsIt(String reference) {
        String url =
                reference.replace("PORT", String.valueOf(outside.getAddress().getPort()));
        assertThatThrownBy(() -> references().read(url, MAX_BYTES))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContainingAll("/a.jpg", "sextant.http.references.allow");
        assertThat(lookedUp).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://anna:secret@images.example:PORT/a.jpg",
                "http:///a.jpg",
                "http:a.jpg",
                "http://a b/",
                "http://[/"
            })
    void refusesWhatIsNoPlainAddressWithoutTellingWhatIsSecret(String reference) {
        String url =
                reference.replace("PORT", String.valueOf(outside.getAddress().getPort()));
        assertThatThrownBy(() -> references().read(url, MAX_BYTES)).isInstanceOf(InvalidImageException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void tellsNoKeyThatAnAddressHolds() {
        assertThat(references().name("https://anna:secret@images.example/a.jpg?signature=secret#secret"))
                .isEqualTo("https://images.example/a.jpg");
        assertThatThrownBy(() -> references().read(images + "/none.jpg?signature=secret", MAX_BYTES))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContainingAll("/none.jpg", "404")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example:PORT/a.jpg",
                "http://127.0.0.1:PORT/a.jpg",
                "//127.0.0.1:PORT/a.jpg",
                "http://inside.example:PORT/a.jpg",
                "file:/etc/passwd",
                "http://[bad/"
            })
    void followsNoRedirectToWhereItMayNotGo(String to) {
        String location = to.replace("PORT", String.valueOf(outside.getAddress().getPort()));
        serve("/moved.jpg", call -> redirect(call, location));
        assertThatThrownBy(() -> references().read(images + "/moved.jpg", MAX_BYTES))
                .isInstanceOf(InvalidImageException.class);
        assertThat(reachedInside).hasValue(0);
        assertThat(asked).hasSize(1);
    }

    @Test
    void refusesANameOfAPrivateAddressAndSaysWhichKeyAllowsIt() {
        String inner = images.replace("images.", "inside.");
        assertThatThrownBy(() -> references().read(inner + "/a.jpg", MAX_BYTES))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContainingAll("inside.example", "sextant.http.references.private-addresses")
                .hasMessageNotContaining("127.0.0.1");
        assertThat(reachedInside).hasValue(0);
    }

    /** Whichever of the addresses came first. */
    @Test
    void refusesANameThatHasAPrivateAddressBesideOthers() {
        String both = images.replace("images.", "both.");
        assertThatThrownBy(() -> references().read(both + "/a.jpg", MAX_BYTES))
                .isInstanceOf(InvalidImageException.class);
        assertThat(asked).isEmpty();
    }

    /** The name leads to the Internet when it is looked at, and to this machine ever after. */
    @Test
    void asksAtTheAddressThatWasLookedAt() {
        String changing = images.replace("images.", "changing.");
        assertThat(references().read(changing + "/a.jpg", MAX_BYTES)).isEqualTo(IMAGE);
        assertThat(lookedUp).hasValue(1);
        assertThat(reachedInside).hasValue(0);
        assertThatThrownBy(() -> references().read(changing + "/a.jpg", MAX_BYTES))
                .isInstanceOf(InvalidImageException.class);
        assertThat(reachedInside).hasValue(0);
    }

    @Test
    void asksPrivateAddressesWhereTheyAreAllowed() {
        int port = inside.getAddress().getPort();
        UrlSettings settings =
                new UrlSettings(List.of(AllowedHost.parse("127.0.0.1:" + port)), true, Duration.ofSeconds(30));
        assertThat(new UrlReferences(settings).read("http://127.0.0.1:" + port + "/a.jpg", MAX_BYTES))
                .isEqualTo(IMAGE);
        UrlSettings closed = new UrlSettings(settings.allowed(), false, Duration.ofSeconds(30));
        assertThatThrownBy(() -> new UrlReferences(closed).read("http://127.0.0.1:" + port + "/a.jpg", MAX_BYTES))
                .hasMessageContaining("private-addresses");
    }

    @Test
    void readsNoMoreThanAllowedWhetherTheServerSaysHowMuchItIsOrNot() {
        serve("/told.jpg", call -> {
            call.sendResponseHeaders(200, MAX_BYTES + 1);
            stopped.join();
        });
        serve("/endless.jpg", call -> {
            call.sendResponseHeaders(200, 0);
            byte[] more = new byte[4096];
            while (!Thread.currentThread().isInterrupted()) {
                call.getResponseBody().write(more);
            }
        });
        serve("/most.jpg", call -> send(call, new byte[(int) MAX_BYTES]));
        for (String path : List.of("/told.jpg", "/endless.jpg")) {
            assertThatThrownBy(() -> references().read(images + path, MAX_BYTES))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContaining("sextant.image.max-bytes=" + MAX_BYTES);
        }
        assertThat(references().read(images + "/most.jpg", MAX_BYTES)).hasSize((int) MAX_BYTES);
    }

    /** No single byte comes late. */
    @Test
    void endsWhatComesByteByByte() {
        serve("/slow.jpg", call -> {
            call.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_000_000; i++) {
                call.getResponseBody().write(1);
                call.getResponseBody().flush();
                Thread.yield();
            }
        });
        UrlReferences impatient = references(Duration.ofMillis(500));
        assertThatThrownBy(() -> impatient.read(images + "/slow.jpg", Long.MAX_VALUE))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("sextant.http.references.timeout");
    }

    @Test
    void goesInNoCircle() {
        serve("/round.jpg", call -> redirect(call, "/round.jpg"));
        assertThatThrownBy(() -> references().read(images + "/round.jpg", MAX_BYTES))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("redirects");
        assertThat(asked).hasSize(4);
    }

    /** RFC 9110, sections 15.5.9 and 15.6, RFC 8470, section 5.2, and RFC 6585, section 4. */
    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void saysThatTheHostMayBeAskedAgain(int status) {
        serve("/broken.jpg", call -> {
            call.sendResponseHeaders(status, -1);
            call.close();
        });
        assertThatThrownBy(() -> references().read(images + "/broken.jpg", MAX_BYTES))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 403, 404, 410})
    void saysThatTheReferenceIsAtFault(int status) {
        serve("/gone.jpg", call -> {
            call.sendResponseHeaders(status, -1);
            call.close();
        });
        assertThatThrownBy(() -> references().read(images + "/gone.jpg", MAX_BYTES))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining(String.valueOf(status));
    }

    @Test
    void tellsAHostThatIsAwayFromAFaultOfTheReference() {
        assertThatThrownBy(() -> references().read(images.replace("images.", "unknown.") + "/a.jpg", MAX_BYTES))
                .isInstanceOf(ConnectorException.class);
        outside.stop(0);
        assertThatThrownBy(() -> references().read(images + "/a.jpg", MAX_BYTES))
                .isInstanceOf(ConnectorException.class);
    }

    private UrlReferences references() {
        return references(Duration.ofSeconds(30));
    }

    private UrlReferences references(Duration timeout) {
        int port = outside.getAddress().getPort();
        List<AllowedHost> hosts = List.of("images", "inside", "both", "changing", "unknown").stream()
                .map(name -> AllowedHost.parse(name + ".example:" + port))
                .toList();
        return new UrlReferences(
                new UrlSettings(hosts, false, timeout),
                this::resolve,
                address -> address.getHostAddress().equals(OUTSIDE) || AddressRule.PUBLIC.allows(address),
                SSLConnectionSocketFactory.getSocketFactory());
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        int before = lookedUp.getAndIncrement();
        InetAddress public1 = InetAddress.getByName(OUTSIDE);
        InetAddress private1 = InetAddress.getByName("127.0.0.1");
        return switch (host) {
            case "images.example" -> new InetAddress[] {public1};
            case "inside.example" -> new InetAddress[] {private1};
            case "both.example" -> new InetAddress[] {public1, private1};
            case "changing.example" -> new InetAddress[] {before == 0 ? public1 : private1};
            default -> throw new UnknownHostException(host);
        };
    }

    private interface Answering {
        void answer(HttpExchange call) throws IOException;
    }

    private void serve(String path, Answering answering) {
        outside.createContext(path, call -> {
            asked.add(call.getRequestHeaders());
            answering.answer(call);
        });
    }

    private static void send(HttpExchange call, byte[] body) throws IOException {
        call.sendResponseHeaders(200, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    private static void redirect(HttpExchange call, String location) throws IOException {
        call.getResponseHeaders().set("Location", location);
        call.sendResponseHeaders(302, -1);
        call.close();
    }
}
