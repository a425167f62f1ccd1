package io.sextant.routes.config;

import io.sextant.connectors.ConnectorKeys;
import io.sextant.connectors.Connectors;
import io.sextant.core.error.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What stands under {@code sextant.<scheme>.} for each connector, whose keys the connectors themselves declare and check. */
final class ConnectorValues {
    private static final Map<String, ConnectorKeys> KEYS = Connectors.standardKeys();

    private ConnectorValues() {}

    /**
     * By URI scheme, what that connector is told. A key with dots in its name may be quoted.
     *
     * @param problems gets what a connector cannot use
     */
    static Map<String, Map<String, String>> read(SmallRyeConfig config, Problems problems) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        KEYS.forEach((scheme, keys) -> {
            String prefix = prefix(scheme);
            Map<String, String> values = new TreeMap<>();
            // By name, so that environment variables are found that have '_' for every '-'.
            for (String name : keys.names()) {
                config.getOptionalValue(prefix + name, String.class).ifPresent(value -> values.put(name, value));
            }
            for (String name : config.getPropertyNames()) {
                if (keys.takesOthers() && name.startsWith(prefix)) {
                    String key = name.substring(prefix.length()).replace("\"", "");
                    config.getOptionalValue(name, String.class).ifPresent(value -> values.put(key, value));
                }
            }
            all.put(scheme, values);
        });
        try {
            Connectors.standard(all);
        } catch (ConfigurationException e) {
            problems.add(e);
        }
        return all;
    }

    /** Whether a whole key is one of a connector's. */
    static boolean isKnown(String key) {
        return KEYS.entrySet().stream()
                .anyMatch(entry -> key.startsWith(prefix(entry.getKey()))
                        && entry.getValue()
                                .knows(key.substring(prefix(entry.getKey()).length())));
    }

    /** Whether a whole key is a connector's that takes whatever another program calls its settings. */
    static boolean isOfAnother(String key) {
        return KEYS.entrySet().stream()
                .anyMatch(entry -> entry.getValue().takesOthers() && key.startsWith(prefix(entry.getKey())));
    }

    /** All keys whose names are known. */
    static Set<String> keys() {
        Set<String> names = new TreeSet<>();
        KEYS.forEach((scheme, keys) -> keys.names().forEach(name -> names.add(prefix(scheme) + name)));
        return names;
    }

    private static String prefix(String scheme) {
        return "sextant." + scheme + ".";
    }
}
