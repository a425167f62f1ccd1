package io.sextant.app.http;

import static io.sextant.app.http.OidcLoginTest.assertProblem;
import static io.sextant.app.http.OidcLoginTest.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The rule: while the provider is away nobody gets in who could not before, and the application goes on. */
@QuarkusTest
@TestProfile(OidcProviderAwayTest.NotYetThere.class)
class OidcProviderAwayTest {
    @TestHTTPResource("/")
    URI base;

    /** An application that has not heard of the provider, as one would that other tests have used. */
    public static final class NotYetThere extends OidcProfile {}

    @Test
    void goesOnWithoutTheProviderAndTakesItWhenItComes() throws Exception {
        int port = ConfigProvider.getConfig().getValue(OidcProfile.PORT, Integer.class);
        Client client = new Client(base);
        String[] known;
        String[] unknown;
        // Given a start without it
        try (TokenIssuer issuer = new TokenIssuer(port)) {
            Map<String, Object> claims = issuer.claims("vera", "viewer");
            known = bearer(issuer.token(claims));
            unknown = bearer(issuer.signed(Map.of("alg", "RS256", "kid", "second"), claims));
        }
        assertProblem(client.get("/v1/tasks", known), 502, "external-system");
        assertProblem(client.get("/v1/tasks"), 401, "login-needed");
        assertProblem(client.get("/", "Accept", "text/html"), 502, "external-system");
        assertThat(client.get("/q/health/live").statusCode()).isEqualTo(200);
        // When it comes
        try (TokenIssuer issuer = new TokenIssuer(port)) {
            assertThat(client.get("/v1/tasks", known).statusCode()).isEqualTo(200);
            assertThat(issuer.calls()).contains("/keys");
        }
        // Then its keys are known when it has gone again
        assertThat(client.get("/v1/tasks", known).statusCode()).isEqualTo(200);
        assertProblem(client.get("/v1/tasks", unknown), 401, "login-needed");
    }
}
