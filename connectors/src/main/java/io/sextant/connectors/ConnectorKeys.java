package io.sextant.connectors;

import java.util.Set;

/**
 * The keys a connector has under {@code sextant.<scheme>.}.
 *
 * @param names those there are, without that prefix, for instance {@code endpoint}
 * @param takesOthers whether it is told any other key too, as where they are settings of another program's; it then checks
 *     them itself
 */
public record ConnectorKeys(Set<String> names, boolean takesOthers) {
    /** There is no key. */
    public static final ConnectorKeys NONE = new ConnectorKeys(Set.of(), false);

    public ConnectorKeys {
        names = Set.copyOf(names);
    }

    /** Whether a key, without the prefix, is one that the connector is told. */
    public boolean knows(String name) {
        return takesOthers ? !name.isEmpty() : names.contains(name);
    }
}
