package io.sextant.app.http;

import static io.sextant.app.http.Client.login;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules: who does not log in does nothing, and who does has a role's rights; passwords are told nowhere. */
@QuarkusTest
@TestProfile(LoginTest.Profile.class)
class LoginTest {
    private static final String PASSWORD = "hush-and-away";
    private static final String HASH = BcryptUtil.bcryptHash(PASSWORD);

    @TestHTTPResource("/")
    URI base;

    @TempDir
    Path folder;

    private Client client;
    private byte[] image;

    /** Three users, of whom each has one role. */
    public static final class Profile extends DoorsProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path users = Files.createTempFile(Path.of("target"), "users", "");
                Files.writeString(
                        users, "vera:" + HASH + ":viewer\nanna:" + HASH + ":asker\nolga:" + HASH + ":operator\n");
                Map<String, String> keys = new HashMap<>(super.getConfigOverrides());
                keys.put("sextant.http.users", users.toAbsolutePath().toString());
                return keys;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        client = new Client(base);
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        image = Files.readAllBytes(folder.resolve("cakes.jpg"));
    }

    @Test
    void refusesWhoDoesNotLogInOrHasTheWrongPassword() throws Exception {
        assertProblem(client.get("/v1/tasks"), 401, "login-needed");
        assertThat(client.get("/v1/tasks").headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWithIgnoringCase("basic"));
        assertThat(client.post("/v1/tasks/caption", image).statusCode()).isEqualTo(401);
        assertThat(client.get("/q/metrics").statusCode()).isEqualTo(401);
        assertProblem(client.get("/v1/tasks", login("vera", "guess")), 401, "login-needed");
        assertThat(client.get("/v1/tasks", login("nobody", PASSWORD)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void letsAnybodyAskForHealth() throws Exception {
        for (String path : List.of("/q/health/live", "/q/health/ready")) {
            HttpResponse<byte[]> response = client.get(path);
            assertThat(response.statusCode())
                    .as(path + ": " + new String(response.body(), StandardCharsets.UTF_8))
                    .isEqualTo(200);
        }
    }

    @Test
    void letsAViewerLookAndNotAsk() throws Exception {
        assertThat(client.get("/v1/tasks", login("vera", PASSWORD)).statusCode())
                .isEqualTo(200);
        assertThat(client.get("/q/metrics", login("vera", PASSWORD)).statusCode())
                .isEqualTo(200);
        assertProblem(client.post("/v1/tasks/caption", image, login("vera", PASSWORD)), 403, "role-needed");
    }

    @Test
    void letsAnAskerAskAndNothingElse() throws Exception {
        assertThat(client.post("/v1/tasks/caption", image, login("anna", PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        assertProblem(client.get("/q/info", login("anna", PASSWORD)), 403, "role-needed");
        assertThat(client.get("/q/info", login("olga", PASSWORD)).statusCode()).isEqualTo(404);
    }

    @Test
    void letsAnAskerUseTheToolsAndAViewerNot() throws Exception {
        assertProblem(McpTest.initialize(client), 401, "login-needed");
        assertProblem(McpTest.initialize(client, login("vera", PASSWORD)), 403, "role-needed");
        assertThat(McpTest.initialize(client, login("anna", PASSWORD)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void letsAViewerLookAtTheConsoleAndAnOperatorTurnItsSwitches() throws Exception {
        String pause = "/console/pipelines/shop/pause";
        String letters = "/console/letters/shop";
        assertProblem(client.get("/"), 401, "login-needed");
        assertThat(text(client.get("/", login("vera", PASSWORD)).body()))
                .contains("shop")
                .doesNotContain(pause);
        assertProblem(client.get(letters, login("anna", PASSWORD)), 403, "role-needed");
        assertProblem(client.post(pause, new byte[0], login("anna", PASSWORD)), 403, "role-needed");
        assertThat(text(client.get("/", login("olga", PASSWORD)).body())).contains(pause);
        assertThat(client.get(letters, login("olga", PASSWORD)).statusCode()).isEqualTo(200);
    }

    @Test
    void letsAnOperatorAloneExchangeTheModel() throws Exception {
        byte[] embedded = "{\"model\":\"embedded\"}".getBytes(StandardCharsets.UTF_8);
        byte[] form = "model=embedded".getBytes(StandardCharsets.UTF_8);
        assertThat(client.post("/v1/model", embedded, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(401);
        for (String user : List.of("vera", "anna")) {
            String[] login = login(user, PASSWORD);
            assertProblem(
                    client.post("/v1/model", embedded, login[0], login[1], "Content-Type", "application/json"),
                    403,
                    "role-needed");
            assertProblem(
                    client.post(
                            "/console/model",
                            form,
                            login[0],
                            login[1],
                            "Content-Type",
                            "application/x-www-form-urlencoded"),
                    403,
                    "role-needed");
            assertProblem(client.get("/v1/model", login), 403, "role-needed");
            assertThat(text(client.get("/", login).body())).doesNotContain("/console/model", "opened as");
        }
        String[] operator = login("olga", PASSWORD);
        assertThat(text(client.get("/", operator).body())).contains("/console/model", "opened as");
        List<String> told = new CopyOnWriteArrayList<>();
        try (HeardLog heard = new HeardLog(record -> told.add(record.getFormattedMessage() + record.getThrown()))) {
            assertThat(client.post(
                                    "/v1/model",
                                    "{\"model\":\"/none\"}".getBytes(StandardCharsets.UTF_8),
                                    operator[0],
                                    operator[1],
                                    "Content-Type",
                                    "application/json")
                            .statusCode())
                    .isEqualTo(422);
        }
        assertThat(told)
                .as("who did it is in the log")
                .anyMatch(line -> line.contains("exchanging the model") && line.contains("user olga"));
    }

    @Test
    void givesAnAnswerThatIsFetchedLaterToWhoAskedAlone() throws Exception {
        String[] asker = login("anna", PASSWORD);
        HttpResponse<byte[]> accepted =
                client.post("/v1/tasks/caption", image, "Prefer", "respond-async", asker[0], asker[1]);
        String path = new ObjectMapper().readTree(accepted.body()).path("url").asText();
        assertThat(client.get(path, asker).statusCode()).isEqualTo(200);
        assertThat(client.get(path, login("olga", PASSWORD)).statusCode()).isEqualTo(404);
        assertThat(client.get(path).statusCode()).isEqualTo(401);
    }

    @Test
    void tellsPasswordsAndHashesNowhere() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (HeardLog heard = new HeardLog(record -> told.add(record.getFormattedMessage() + record.getThrown()))) {
            for (String path : List.of("/q/health", "/q/metrics", "/v1/tasks", "/v1/nothing")) {
                told.add(text(client.get(path, login("olga", PASSWORD)).body()));
                told.add(text(client.get(path, login("olga", PASSWORD + "x")).body()));
            }
        }
        assertThat(told).hasSizeGreaterThanOrEqualTo(8);
        assertThat(told).noneMatch(text -> text.contains(PASSWORD) || text.contains(HASH));
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String kind) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:sextant:problem:" + kind);
        assertThat(problem.path("detail").asText()).isNotEmpty();
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
