package io.sextant.connectors.url;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.ReferenceReader;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.ShownText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.NoConnectionReuseStrategy;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.jspecify.annotations.Nullable;

/**
 * Reads images that are referred to as {@code https://host/path} or {@code http://host/path}, of allowed hosts and of nobody else.
 *
 * <p>What it guarantees: (1) a host is asked only if it is allowed by name and all its addresses are allowed, and at one of the very
 * addresses that were looked at; (2) the same holds for each redirect; (3) neither size nor time go over what is allowed; (4) no
 * credentials, cookies or addresses of other pages are sent, and none are kept. Thread-safe.
 */
public final class UrlReferences implements ReferenceReader {
    private static final String ALLOW = "sextant.http.references.allow";
    private static final String PRIVATE = "sextant.http.references.private-addresses";
    private static final String TIMEOUT = "sextant.http.references.timeout";
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_AT_ONCE = 64;
    private static final int LONGEST_SHOWN = 200;

    /** Request timeout, too early, too many requests: faults of the moment, besides those of servers. */
    private static final Set<Integer> ASK_AGAIN = Set.of(408, 425, 429);

    private final UrlSettings settings;
    private final CloseableHttpClient client;

    /** @param settings what may be read */
    public UrlReferences(UrlSettings settings) {
        this(
                settings,
                InetAddress::getAllByName,
                settings.isPrivateAllowed() ? AddressRule.PRIVATE_TOO::allows : AddressRule.PUBLIC::allows,
                SSLConnectionSocketFactory.getSocketFactory());
    }

    UrlReferences(
            UrlSettings settings, DnsResolver names, Predicate<InetAddress> rule, SSLConnectionSocketFactory tls) {
        this.settings = settings;
        this.client = client(settings, host -> addresses(host, names, rule), tls);
    }

    /** Asks the server for nothing but the bytes, and goes nowhere by itself. */
    private static CloseableHttpClient client(UrlSettings settings, DnsResolver names, SSLConnectionSocketFactory tls) {
        int millis = (int) Math.min(Integer.MAX_VALUE, settings.timeout().toMillis());
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", PlainConnectionSocketFactory.getSocketFactory())
                        .register("https", tls)
                        .build(),
                names);
        connections.setMaxTotal(MOST_AT_ONCE);
        connections.setDefaultMaxPerRoute(MOST_AT_ONCE);
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy(NoConnectionReuseStrategy.INSTANCE)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(millis)
                        .setConnectTimeout(millis)
                        .setSocketTimeout(millis)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
                        .build())
                .setUserAgent("sextant")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static InetAddress[] addresses(String host, DnsResolver names, Predicate<InetAddress> rule)
            throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!rule.test(address)) {
                throw new InvalidImageException("The host \"" + host
                        + "\" has an address that is not on the public Internet, and those are not asked for images; "
                        + PRIVATE + "=true allows private networks and this machine.");
            }
        }
        return addresses;
    }

    @Override
    public String example() {
        return "https://host/a.jpg";
    }

    /** Without its query, which may be a key to the image, and without a login. */
    @Override
    public String name(String reference) {
        return reference.replaceFirst("(?s)[?#].*", "").replaceFirst("//[^/]*@", "//");
    }

    @Override
    public byte[] read(String reference, long maxBytes) {
        URI url = allowed(reference);
        long end = System.nanoTime() + settings.timeout().toNanos();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Answer answer = ask(url, maxBytes, end);
            if (answer.image() != null) {
                return answer.image();
            }
            url = redirected(url, String.valueOf(answer.location()));
        }
        throw refused(url, "is reached by more than " + MOST_REDIRECTS + " redirects; refer to where it lies", null);
    }

    private URI redirected(URI from, String location) {
        URI to;
        try {
            to = allowed(from.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            throw refused(from, "redirects to what is no address", e);
        }
        if (from.getScheme().equalsIgnoreCase("https") && !to.getScheme().equalsIgnoreCase("https")) {
            throw refused(from, "redirects from https to http; refer to where it lies", null);
        }
        return to;
    }

    private URI allowed(String reference) {
        URI url;
        try {
            url = new URI(reference);
        } catch (URISyntaxException e) {
            // What the cause says holds the whole reference.
            throw noAddress(reference);
        }
        boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null) {
            throw noAddress(reference);
        }
        if (url.getRawUserInfo() != null) {
            throw refused(url, "holds a name or password, which are not sent; leave them out", null);
        }
        URI asked = url;
        if (settings.allowed().stream().noneMatch(host -> host.matches(asked))) {
            throw refused(
                    url,
                    "is not read: the host " + ShownText.of(url.getAuthority()) + " is not among those of " + ALLOW
                            + ", which would allow it",
                    null);
        }
        return url;
    }

    private InvalidImageException noAddress(String reference) {
        return new InvalidImageException("The reference \"" + ShownText.of(name(reference))
                + "\" is no address of an image on a host; write one such as " + example() + ".");
    }

    private Answer ask(URI url, long maxBytes, long end) {
        HttpGet request = new HttpGet(url);
        // A server that sends a byte now and then would never be late by the times of sockets alone.
        CompletableFuture<Void> alarm = new CompletableFuture<>();
        CompletableFuture<Void> over = alarm.thenRun(request::abort);
        alarm.completeOnTimeout(null, end - System.nanoTime(), TimeUnit.NANOSECONDS);
        try (CloseableHttpResponse response = client.execute(request)) {
            return answer(url, response, maxBytes);
        } catch (IOException e) {
            if (request.isAborted()) {
                throw new ConnectorException(
                        "Image \"" + shown(url) + "\" was not there after "
                                + settings.timeout().toMillis() + " ms, as long as " + TIMEOUT
                                + " allows; ask again, or raise it.",
                        e);
            }
            throw new ConnectorException(
                    "Image \"" + shown(url) + "\" cannot be read ("
                            + e.getClass().getSimpleName() + "); check that its host answers.",
                    e);
        } finally {
            over.cancel(false);
            alarm.cancel(false);
        }
    }

    private static Answer answer(URI url, CloseableHttpResponse response, long maxBytes) throws IOException {
        int status = response.getStatusLine().getStatusCode();
        Header location = response.getFirstHeader("Location");
        if (status >= 300 && status < 400 && location != null) {
            return new Answer(null, location.getValue());
        }
        if (ASK_AGAIN.contains(status) || status >= 500) {
            throw new ConnectorException(
                    "Image \"" + shown(url) + "\" cannot be read: its host answered " + status + "; ask again later.",
                    null);
        }
        HttpEntity entity = response.getEntity();
        if (status != 200 || entity == null) {
            throw refused(url, "is not there: its host answered " + status + "; mend the reference", null);
        }
        if (entity.getContentLength() > maxBytes) {
            throw InvalidImageException.tooLarge(shown(url), entity.getContentLength(), maxBytes);
        }
        try (InputStream in = entity.getContent()) {
            byte[] image = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (image.length > maxBytes) {
                // What is left would be read to its end, were the answer only closed.
                response.close();
                throw InvalidImageException.tooLarge(shown(url), image.length, maxBytes);
            }
            return new Answer(image, null);
        }
    }

    /** Without what may be a key to it. */
    private static String shown(URI url) {
        return ShownText.of(url.getScheme() + "://" + url.getHost() + url.getRawPath(), LONGEST_SHOWN);
    }

    private static InvalidImageException refused(URI url, String what, @Nullable Throwable cause) {
        return new InvalidImageException("Image \"" + shown(url) + "\" " + what + ".", cause);
    }

    /**
     * What a host answered.
     *
     * @param image null for a redirect
     * @param location where to ask then, null for an image
     */
    @SuppressWarnings("ArrayRecordComponent") // Read once, where it is made.
    private record Answer(byte @Nullable [] image, @Nullable String location) {}
}
