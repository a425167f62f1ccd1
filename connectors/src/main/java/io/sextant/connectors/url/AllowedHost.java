package io.sextant.connectors.url;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that may be asked for images.
 *
 * @param host in small letters; all names below it where isDomain, else this one
 * @param isDomain whether it was written {@code *.host}
 * @param port the only one; null for the usual one of HTTP or HTTPS
 */
public record AllowedHost(
        String host, boolean isDomain, @Nullable Integer port) {
    private static final Pattern FORM =
            Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])(:(\\d{1,5}))?");

    private static final int MAX_PORT = 65_535;

    /**
     * @param text a name, {@code *.} and a domain, or an address, each perhaps with a colon and a port
     * @throws IllegalArgumentException if it is none of these, saying so
     */
    public static AllowedHost parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        String port = matcher.matches() ? matcher.group(5) : null;
        if (!matcher.matches() || (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT))) {
            throw new IllegalArgumentException("\"" + text
                    + "\" names no host; write one such as images.example, *.images.example or images.example:8443");
        }
        return new AllowedHost(
                Objects.requireNonNull(matcher.group(2)),
                matcher.group(1) != null,
                port == null ? null : Integer.valueOf(port));
    }

    /** Whether this address is on such a host; it has one. */
    boolean matches(URI url) {
        String asked = url.getHost().toLowerCase(Locale.ROOT);
        boolean isHost = isDomain ? asked.endsWith("." + host) : asked.equals(host);
        int usual = url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        int askedPort = url.getPort() < 0 ? usual : url.getPort();
        return isHost && askedPort == (port == null ? usual : port);
    }
}
