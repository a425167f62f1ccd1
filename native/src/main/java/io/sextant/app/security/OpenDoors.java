package io.sextant.app.security;

import io.sextant.core.error.ConfigurationException;
import io.sextant.routes.config.HttpSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** Whether the application may be reached as it is configured: from elsewhere only by whoever logs in. */
public final class OpenDoors {
    private OpenDoors() {}

    /**
     * @param host as in {@code quarkus.http.host}
     * @param oidc the login beside the users' file
     * @throws ConfigurationException naming the keys, if anybody could call, or a login cannot be used
     */
    public static void requireClosed(String host, HttpSettings http, OidcSettings oidc) {
        oidc.requireAudience();
        Path users = http.users();
        if (users != null) {
            UsersFile.check(users);
        } else if (!oidc.isConfigured() && !isThisMachine(host)) {
            throw new ConfigurationException(
                    "quarkus.http.host=" + host
                            + " lets other machines call, and nobody would have to log in; name a file of users with"
                            + " sextant.http.users, or a provider of OpenID Connect with quarkus.oidc.auth-server-url, or leave quarkus.http.host at 127.0.0.1.");
        }
    }

    /** A name that is not known here is told by the check of the address. */
    private static boolean isThisMachine(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
