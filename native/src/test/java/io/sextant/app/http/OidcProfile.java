package io.sextant.app.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** Tokens of a provider, which is not there yet when the application starts; the console sends people to it. */
public class OidcProfile extends DoorsProfile {
    static final String PORT = "io.sextant.test.provider";

    @Override
    public Map<String, String> getConfigOverrides() {
        try (ServerSocket free = new ServerSocket(0)) {
            Map<String, String> keys = super.getConfigOverrides();
            keys.put(PORT, String.valueOf(free.getLocalPort()));
            keys.put("quarkus.oidc.auth-server-url", "http://127.0.0.1:" + free.getLocalPort());
            keys.put("quarkus.oidc.token.audience", TokenIssuer.AUDIENCE);
            keys.put("quarkus.oidc.roles.role-claim-path", "sextant/roles");
            keys.put("quarkus.oidc.application-type", "hybrid");
            keys.put("quarkus.oidc.client-id", TokenIssuer.AUDIENCE);
            keys.put("quarkus.oidc.credentials.secret", "a-secret-of-more-than-thirty-two-letters");
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
