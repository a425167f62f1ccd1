package io.sextant.app.security;

import io.sextant.app.toolkit.Toolkit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The names by which the application may be called. Where nobody logs in, whoever owns a name could have it lead to this machine, so that a page
 * from there, in a browser here, calls the application as its own site (DNS rebinding); then only names that cannot lead there by somebody
 * else's doing count.
 */
@Singleton
public final class OwnNames {
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?:.+\\.)?localhost\\.?|127(?:\\.\\d{1,3}){3}|\\[?(?:::1|0:0:0:0:0:0:0:1)]?");

    private final boolean isLoginNeeded;
    private final Set<String> others = new TreeSet<>();

    @Inject
    OwnNames(Logins logins, Toolkit toolkit, @ConfigProperty(name = "quarkus.http.host") String host) {
        isLoginNeeded = logins.areNeeded();
        others.add(host.toLowerCase(Locale.ROOT));
        toolkit.settings()
                .http()
                .hosts()
                .forEach(name -> others.add(name.strip().toLowerCase(Locale.ROOT)));
    }

    /** @param host what a call names, without its port */
    public boolean include(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return isLoginNeeded || THIS_MACHINE.matcher(name).matches() || others.contains(name);
    }
}
