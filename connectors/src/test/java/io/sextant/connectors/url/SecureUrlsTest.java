package io.sextant.connectors.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.InvalidImageException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule: over HTTPS only a host whose certificate is trusted and names it is read from, and none leads away from HTTPS. */
final class SecureUrlsTest {
    private static final char[] PASSWORD = "for-the-test".toCharArray();
    private static final byte[] IMAGE = "an image".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private HttpsServer server;
    private SSLContext context;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        context = context();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        port = server.getAddress().getPort();
        server.createContext("/a.jpg", call -> {
            call.sendResponseHeaders(200, IMAGE.length);
            call.getResponseBody().write(IMAGE);
            call.close();
        });
        server.createContext("/moved.jpg", call -> {
            call.getResponseHeaders().set("Location", "http://images.example:" + port + "/a.jpg");
            call.sendResponseHeaders(302, -1);
            call.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsFromAHostWhoseCertificateIsTrustedAndNamesIt() {
        SSLConnectionSocketFactory trusting = new SSLConnectionSocketFactory(context);
        assertThat(read("images.example", "/a.jpg", trusting)).isEqualTo(IMAGE);
        assertThatThrownBy(() -> read("other.example", "/a.jpg", trusting))
                .as("a certificate of another host")
                .isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> read("images.example", "/a.jpg", SSLConnectionSocketFactory.getSocketFactory()))
                .as("a certificate that nobody vouches for")
                .isInstanceOf(ConnectorException.class);
    }

    /** As the application makes it, with nothing of the test's own. */
    @Test
    void trustsWhomThisMachineTrusts() {
        UrlSettings settings =
                new UrlSettings(List.of(AllowedHost.parse("127.0.0.1:" + port)), true, Duration.ofSeconds(30));
        assertThatThrownBy(() -> new UrlReferences(settings).read("https://127.0.0.1:" + port + "/a.jpg", 1000))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void isNotLedAwayFromHttps() {
        assertThatThrownBy(() -> read("images.example", "/moved.jpg", new SSLConnectionSocketFactory(context)))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("from https to http");
    }

    private byte[] read(String host, String path, SSLConnectionSocketFactory tls) {
        UrlSettings settings =
                new UrlSettings(List.of(AllowedHost.parse("*.example:" + port)), true, Duration.ofSeconds(30));
        return new UrlReferences(
                        settings,
                        name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                        AddressRule.PRIVATE_TOO::allows,
                        tls)
                .read("https://" + host + ":" + port + path, 1000);
    }

    private static SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("images", Objects.requireNonNull(keys.getCertificate("images")));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static Path store() throws Exception {
        Path store = folder.resolve("store.p12");
        if (Files.exists(store)) {
            return store;
        }
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "images",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=images.example",
                        "-ext",
                        "san=dns:images.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }
}
