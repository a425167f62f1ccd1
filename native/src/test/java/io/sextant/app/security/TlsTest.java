package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.http.DoorsProfile;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The rule: with a certificate the application speaks HTTPS, and nothing else where that is wanted. */
@QuarkusTest
@TestProfile(TlsTest.Profile.class)
class TlsTest {
    private static final String STORE = "io.sextant.test.store";
    private static final String PLAIN_PORT = "quarkus.http.test-port";
    private static final char[] STORE_PASSWORD = "for-the-test".toCharArray();

    @TestHTTPResource(value = "/", tls = true)
    URI base;

    /** A certificate that the test makes itself, with the keys that docs/http.md names. */
    public static final class Profile extends DoorsProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try (ServerSocket free = new ServerSocket(0)) {
                Path folder =
                        Files.createTempDirectory(Path.of("target"), "tls-test").toRealPath();
                Path store = store(folder);
                Path users = Files.writeString(
                        folder.resolve("users"), "anna:" + BcryptUtil.bcryptHash("hush") + ":asker\n");
                Map<String, String> keys = super.getConfigOverrides();
                keys.put(STORE, store.toString());
                keys.put("sextant.http.users", users.toString());
                keys.put(
                        "quarkus.http.ssl.certificate.files",
                        folder.resolve("certificate.pem").toString());
                keys.put(
                        "quarkus.http.ssl.certificate.key-files",
                        folder.resolve("key.pem").toString());
                keys.put("quarkus.http.insecure-requests", "disabled");
                keys.put("quarkus.http.test-ssl-port", "0");
                keys.put(PLAIN_PORT, String.valueOf(free.getLocalPort()));
                return keys;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static Path store(Path folder) throws Exception {
            Path store = folder.resolve("store.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "sextant",
                            "-keyalg",
                            "EC",
                            "-validity",
                            "2",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            new String(STORE_PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
            KeyStore keys = load(store);
            pem(
                    folder.resolve("certificate.pem"),
                    "CERTIFICATE",
                    keys.getCertificate("sextant").getEncoded());
            pem(
                    folder.resolve("key.pem"),
                    "PRIVATE KEY",
                    keys.getKey("sextant", STORE_PASSWORD).getEncoded());
            return store;
        }

        private static void pem(Path file, String what, byte[] content) throws Exception {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
            Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
        }
    }

    @Test
    void answersOverHttpsWhoTrustsItsCertificate() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
        HttpResponse<String> health = client.send(request("/q/health/live"), BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.sslSession()).isPresent();
        assertThat(client.send(request("/v1/tasks"), BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        String login = Base64.getEncoder().encodeToString("anna:hush".getBytes(StandardCharsets.UTF_8));
        HttpRequest withLogin = HttpRequest.newBuilder(base.resolve("/v1/tasks"))
                .header("Authorization", "Basic " + login)
                .header("Origin", "https://" + base.getAuthority())
                .build();
        assertThat(client.send(withLogin, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void isNotTrustedByWhoDoesNotKnowItsCertificate() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request("/q/health/live"), BodyHandlers.ofString()))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void answersNothingWithoutTls() {
        String port = ConfigProvider.getConfig().getValue(PLAIN_PORT, String.class);
        URI plain = URI.create("http://127.0.0.1:" + port + "/q/health/live");
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).build();
    }

    private static SSLContext trusting() throws Exception {
        String store = ConfigProvider.getConfig().getValue(STORE, String.class);
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("sextant", load(Path.of(store)).getCertificate("sextant"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD);
        }
        return store;
    }
}
