package io.sextant.app.security;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Whether anybody logs in: users of a file, or with a provider of OpenID Connect. */
@Singleton
final class Logins {
    private final boolean areNeeded;

    @Inject
    Logins(Users users, OidcLogin oidc) {
        areNeeded = users.areConfigured() || oidc.isConfigured();
    }

    /** Without a way to log in everybody may everything, and the start has seen to it that everybody is on this machine. */
    boolean areNeeded() {
        return areNeeded;
    }
}
