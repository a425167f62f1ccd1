package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.http.Browser;
import io.sextant.app.http.DoorsProfile;
import io.sextant.app.http.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * The rule: secrets stand in no log, health, metric, page, answer or dump of threads, however much is logged, and while what they are for
 * cannot be reached.
 */
@QuarkusTest
@TestProfile(SecretsTest.Profile.class)
class SecretsTest {
    private static final String PASSWORD = "user-secret-4711";
    private static final String HASH = BcryptUtil.bcryptHash(PASSWORD);
    private static final String OF_S3 = "s3-secret-4712";
    private static final String OF_KAFKA = "kafka-secret-4713";
    private static final String OF_PROVIDER = "provider-secret-4714-of-more-than-32-letters";
    private static final String PROVIDER = "io.sextant.test.provider";
    private static final String LOG = "io.sextant.test.log";

    @TestHTTPResource("/")
    URI base;

    /** Pipelines and a login that need all secrets, a broker and a store that are away, and a log of all there is to tell. */
    public static final class Profile extends DoorsProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try (ServerSocket free = new ServerSocket(0)) {
                Path folder = Files.createTempDirectory(Path.of("target"), "secrets-test")
                        .toRealPath();
                Path users = Files.writeString(folder.resolve("users"), "olga:" + HASH + ":operator\n");
                Map<String, String> keys = super.getConfigOverrides();
                keys.put(LOG, folder.resolve("all.log").toString());
                keys.put("quarkus.log.level", "DEBUG");
                keys.put("quarkus.log.console.level", "OFF");
                keys.put("quarkus.log.file.enabled", "true");
                keys.put("quarkus.log.file.path", folder.resolve("all.log").toString());
                keys.put("quarkus.log.category.\"org.apache.kafka\".level", "DEBUG");
                keys.put("sextant.http.users", users.toString());
                keys.put(PROVIDER, String.valueOf(free.getLocalPort()));
                keys.put("quarkus.oidc.auth-server-url", "http://127.0.0.1:" + free.getLocalPort());
                keys.put("quarkus.oidc.token.audience", TokenIssuer.AUDIENCE);
                keys.put("quarkus.oidc.application-type", "hybrid");
                keys.put("quarkus.oidc.client-id", TokenIssuer.AUDIENCE);
                keys.put("quarkus.oidc.credentials.secret", OF_PROVIDER);
                keys.put("quarkus.oidc.roles.role-claim-path", "sextant/roles");
                keys.put("sextant.s3.endpoint", "http://127.0.0.1:1");
                keys.put("sextant.s3.access-key", "vision");
                // As a container gets it; that it is read at all is told by the start, which wants both keys or none.
                Path files = Files.createDirectory(folder.resolve("secrets"));
                Files.writeString(files.resolve("sextant.s3.secret-key"), OF_S3);
                keys.put("smallrye.config.source.file.locations", files.toString());
                keys.put("sextant.kafka.bootstrap.servers", "127.0.0.1:1");
                keys.put("sextant.kafka.default.api.timeout.ms", "3000");
                keys.put("sextant.kafka.request.timeout.ms", "2000");
                keys.put("sextant.kafka.security.protocol", "SASL_PLAINTEXT");
                keys.put("sextant.kafka.sasl.mechanism", "PLAIN");
                keys.put(
                        "sextant.kafka.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"vision\" password=\""
                                + OF_KAFKA + "\";");
                keys.put("sextant.pipelines.bucket.from", "s3:photos");
                keys.put("sextant.pipelines.bucket.to", "s3:results");
                keys.put("sextant.pipelines.bucket.steps[0].task", "caption");
                keys.put("sextant.pipelines.topic.from", "kafka:photos");
                keys.put("sextant.pipelines.topic.to", "kafka:results");
                keys.put("sextant.pipelines.topic.steps[0].task", "caption");
                return keys;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void standNowhere() throws Exception {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/q/health", PASSWORD).contains("\"DOWN\""));
        List<String> told = new ArrayList<>();
        told.addAll(loginAtTheProvider());
        for (String path : List.of(
                "/",
                "/console/state",
                "/console/letters/topic",
                "/console/letters/bucket",
                "/q/health",
                "/q/metrics",
                "/q/info",
                "/v1/tasks",
                "/v1/models",
                "/v1/openapi.json",
                "/v1/nothing",
                "/mcp")) {
            told.add(get(path, PASSWORD));
            told.add(get(path, PASSWORD + "x"));
        }
        told.add(Arrays.toString(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)));
        String log = Files.readString(Path.of(ConfigProvider.getConfig().getValue(LOG, String.class)));
        assertThat(log).contains("pipeline-topic", "DEBUG");
        told.add(log);
        String login = login("olga", PASSWORD);
        String atProvider = login(TokenIssuer.AUDIENCE, OF_PROVIDER);
        assertThat(told).allSatisfy(text -> {
            for (String secret : List.of(PASSWORD, HASH, OF_S3, OF_KAFKA, login, OF_PROVIDER, atProvider)) {
                assertThat(text.contains(secret))
                        .as(secret + " in " + text.length() + " characters")
                        .isFalse();
            }
        });
    }

    /** Pages and addresses that a person sees who logs in there, for which the application has to show its secret. */
    private List<String> loginAtTheProvider() throws Exception {
        try (TokenIssuer issuer = new TokenIssuer(ConfigProvider.getConfig().getValue(PROVIDER, Integer.class))) {
            HttpResponse<String> page = new Browser().look(base);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(issuer.logins()).containsExactly("Basic " + login(TokenIssuer.AUDIENCE, OF_PROVIDER));
            return List.of(
                    page.body(),
                    page.headers().toString(),
                    page.uri().toString(),
                    issuer.calls().toString());
        }
    }

    private String get(String path, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Basic " + login("olga", password))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static String login(String name, String password) {
        return Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
