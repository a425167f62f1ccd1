package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule: a token counts if the provider made it for this application and it is not over, and gives the roles that it names. */
@QuarkusTest
@TestProfile(OidcProfile.class)
class OidcLoginTest {
    @TestHTTPResource("/")
    URI base;

    @TempDir
    Path folder;

    private TokenIssuer issuer;
    private Client client;
    private byte[] image;

    @BeforeEach
    void prepare() throws Exception {
        issuer = new TokenIssuer(ConfigProvider.getConfig().getValue(OidcProfile.PORT, Integer.class));
        client = new Client(base);
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        image = Files.readAllBytes(folder.resolve("cakes.jpg"));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void givesEachRoleItsRights() throws Exception {
        String[] viewer = bearer(issuer.token(issuer.claims("vera", "viewer")));
        String[] asker = bearer(issuer.token(issuer.claims("anna", "somebody", "asker")));
        String[] operator = bearer(issuer.token(issuer.claims("olga", "operator")));
        assertThat(client.get("/v1/tasks", viewer).statusCode()).isEqualTo(200);
        assertProblem(client.post("/v1/tasks/caption", image, viewer), 403, "role-needed");
        assertThat(client.post("/v1/tasks/caption", image, asker).statusCode()).isEqualTo(200);
        assertThat(McpTest.initialize(client, asker).statusCode()).isEqualTo(200);
        assertProblem(McpTest.initialize(client, viewer), 403, "role-needed");
        assertProblem(client.get("/console/letters/shop", asker), 403, "role-needed");
        assertThat(client.get("/console/letters/shop", operator).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhoNamesNoRoleOrNobody() throws Exception {
        Map<String, Object> noRoles = issuer.claims("nora");
        assertProblem(client.get("/v1/tasks", bearer(issuer.token(noRoles))), 403, "role-needed");
        noRoles.remove("sextant");
        assertProblem(client.get("/v1/tasks", bearer(issuer.token(noRoles))), 403, "role-needed");
        HttpResponse<byte[]> nobody = client.get("/v1/tasks");
        assertProblem(nobody, 401, "login-needed");
        assertThat(nobody.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
        HttpResponse<byte[]> pausing = client.post("/console/pipelines/shop/pause", new byte[0], "Accept", "text/html");
        assertProblem(pausing, 401, "login-needed");
        assertThat(client.get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesTokensThatAreNotForItOrNotTheProvidersOrOver() throws Exception {
        Map<String, Object> good = issuer.claims("olga", "operator");
        long now = Instant.now().getEpochSecond();
        String token = issuer.token(good);
        int signature = token.lastIndexOf('.') + 1;
        List<String> refused = List.of(
                issuer.token(with(good, "aud", "another")),
                issuer.token(without(good, "aud")),
                issuer.token(with(good, "iss", "http://elsewhere.example")),
                issuer.token(with(good, "exp", now - 60)),
                issuer.token(without(good, "exp")),
                issuer.token(without(good, "sub")),
                issuer.token(with(good, "nbf", now + 3600)),
                issuer.signed(Map.of("alg", "none"), good),
                issuer.signed(Map.of("alg", "HS256", "kid", "first"), good),
                issuer.signed(Map.of("alg", "RS256", "kid", "another"), good),
                token.substring(0, signature) + "A".repeat(token.length() - signature),
                token.substring(0, signature),
                "x",
                "opaque-token-of-somebody");
        assertThat(client.get("/v1/tasks", bearer(token)).statusCode()).isEqualTo(200);
        for (String each : refused) {
            assertProblem(client.get("/v1/tasks", bearer(each)), 401, "login-needed");
        }
        assertThat(issuer.calls()).doesNotContain("/introspect");
    }

    @Test
    void givesAnAnswerToTheSubjectThatAskedWhateverItCallsItself() throws Exception {
        String[] anna = bearer(issuer.token(with(issuer.claims("1", "asker"), "preferred_username", "anna")));
        String[] other = bearer(issuer.token(with(issuer.claims("2", "asker"), "preferred_username", "anna")));
        HttpResponse<byte[]> accepted =
                client.post("/v1/tasks/caption", image, "Prefer", "respond-async", anna[0], anna[1]);
        String path = new ObjectMapper().readTree(accepted.body()).path("url").asText();
        assertThat(client.get(path, anna).statusCode()).isEqualTo(200);
        assertThat(client.get(path, other).statusCode()).isEqualTo(404);
    }

    @Test
    void sendsPeopleWhoLookAtTheConsoleToTheProviderAndNobodyElse() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> page = browser.look(base);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("<html");
        assertThat(issuer.calls()).contains("/authorize", "/token");
        HttpRequest change = HttpRequest.newBuilder(base.resolve("/console/pipelines/shop/pause"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(browser.send(change).statusCode()).isEqualTo(403);
        assertProblem(client.get("/v1/tasks", "Accept", "text/html"), 401, "login-needed");
        assertProblem(client.get("/", "Accept", "application/json"), 401, "login-needed");
    }

    static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    static void assertProblem(HttpResponse<byte[]> response, int status, String kind) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(body).contains("urn:sextant:problem:" + kind);
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> claims, String name) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.remove(name);
        return changed;
    }
}
