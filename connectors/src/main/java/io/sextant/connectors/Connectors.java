package io.sextant.connectors;

import io.sextant.core.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The connectors an application has, by URI scheme. */
public final class Connectors {
    private final Map<String, Connector> byScheme = new TreeMap<>();

    /** Those too that cannot be used as they are set up. */
    private final Set<String> schemes;

    private Connectors(Collection<? extends Connector> connectors, Set<String> unusable) {
        for (Connector connector : connectors) {
            if (byScheme.putIfAbsent(connector.scheme(), connector) != null) {
                throw new ConfigurationException(
                        "Two connectors serve the scheme \"" + connector.scheme() + "\"; leave one out.");
            }
        }
        schemes = new TreeSet<>(byScheme.keySet());
        schemes.addAll(unusable);
    }

    /** These connectors and no others. */
    public static Connectors of(Collection<? extends Connector> connectors) {
        return new Connectors(connectors, Set.of());
    }

    /** All on the class path, found by {@link ServiceLoader}. Pipelines of one application share one instance of each. */
    public static Connectors standard() {
        return standard(Map.of());
    }

    /**
     * The same, with settings of their own.
     *
     * @param settings by scheme, what that connector is told
     * @throws ConfigurationException naming all that a connector cannot use
     */
    public static Connectors standard(Map<String, Map<String, String>> settings) {
        List<String> problems = new ArrayList<>();
        Connectors connectors = standard(settings, (scheme, failure) -> problems.addAll(failure.problems()));
        if (!problems.isEmpty()) {
            throw ConfigurationException.of(problems, null);
        }
        return connectors;
    }

    /**
     * As {@link #standard(Map)}, gathering what is wrong, so that more may be found wrong before it is told.
     *
     * @param problems is told of each connector, by its scheme, that cannot use its settings, and why
     * @return those that can
     */
    public static Connectors standard(
            Map<String, Map<String, String>> settings, BiConsumer<String, ConfigurationException> problems) {
        List<Connector> usable = new ArrayList<>();
        Set<String> unusable = new HashSet<>();
        for (Connector connector : ServiceLoader.load(Connector.class)) {
            String scheme = connector.scheme();
            try {
                usable.add(connector.withSettings(settings.getOrDefault(scheme, Map.of())));
            } catch (ConfigurationException e) {
                unusable.add(scheme);
                problems.accept(scheme, e);
            }
        }
        return new Connectors(usable, unusable);
    }

    /** The keys of all connectors on the class path, by URI scheme. */
    public static Map<String, ConnectorKeys> standardKeys() {
        Map<String, ConnectorKeys> keys = new TreeMap<>();
        for (Connector connector : ServiceLoader.load(Connector.class)) {
            keys.put(connector.scheme(), connector.keys());
        }
        return keys;
    }

    /** How the stores of all connectors on the class path tell of new images. */
    public static List<NotificationFormat> standardNotifications() {
        return ServiceLoader.load(Connector.class).stream()
                .flatMap(connector -> connector.get().notifications().stream())
                .toList();
    }

    /**
     * The connector whose sources bring messages, for messages of which is not said where they came from.
     *
     * @throws ConfigurationException if there is none, or several
     */
    public Connector ofMessages() {
        List<Connector> found =
                byScheme.values().stream().filter(Connector::bringsMessages).toList();
        if (found.size() != 1) {
            throw new ConfigurationException(
                    "Say which pipeline the messages belong to: " + found.size() + " connectors bring messages, "
                            + found.stream().map(Connector::scheme).toList() + ".");
        }
        return found.get(0);
    }

    /**
     * The connector for a URI.
     *
     * @throws ConfigurationException naming the schemes there are, if there is none for this one
     */
    public Connector forUri(String uri) {
        int colon = uri.indexOf(':');
        Connector connector = colon < 0 ? null : byScheme.get(uri.substring(0, colon));
        if (connector == null) {
            throw new ConfigurationException("\"" + UriOptions.without(uri)
                    + "\" names no connector; write a URI that starts with one of "
                    + schemes.stream().map(scheme -> scheme + ":").toList() + ".");
        }
        return connector;
    }
}
