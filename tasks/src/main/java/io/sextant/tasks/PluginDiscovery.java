package io.sextant.tasks;

import io.sextant.tasks.spi.TaskFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the factories that a class loader's service files name; one that cannot be made is told of and left out. */
final class PluginDiscovery {
    private static final Logger LOGGER = LoggerFactory.getLogger(PluginDiscovery.class);
    private static final String SERVICE = "META-INF/services/" + TaskFactory.class.getName();

    /** The configuration looks for plugins several times; each fault is told once. */
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private final ClassLoader loader;
    private final PluginCalls calls;

    PluginDiscovery(ClassLoader loader, PluginCalls calls) {
        this.loader = loader;
        this.calls = calls;
    }

    /** In the order of the service files; a {@link BrokenPlugin} in the place of each that cannot be made. */
    List<TaskFactory> factories() {
        List<TaskFactory> factories = new ArrayList<>();
        Iterator<ServiceLoader.Provider<TaskFactory>> providers =
                ServiceLoader.load(TaskFactory.class, loader).stream().iterator();
        String last = "";
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return List.copyOf(factories);
                }
                factories.add(factory(providers.next()));
            } catch (ServiceConfigurationError | LinkageError e) {
                String why = "A task plugin cannot be loaded: " + e.getMessage()
                        + serviceFile(String.valueOf(e.getMessage())) + ". It is left out; mend or remove its jar.";
                if (why.equals(last)) {
                    return List.copyOf(factories);
                }
                last = why;
                tell(why, e);
                factories.add(new BrokenPlugin(why));
            }
        }
    }

    private TaskFactory factory(ServiceLoader.Provider<TaskFactory> provider) {
        String origin = TaskRegistries.origin(provider.type());
        try {
            return calls.call(origin, "be made", () -> {
                TaskFactory factory = provider.get();
                Objects.requireNonNull(factory.name(), "name returned null");
                Objects.requireNonNull(factory.keys(), "keys returned null");
                return factory;
            });
        } catch (PluginFault e) {
            tell(String.valueOf(e.getMessage()), e);
            return new BrokenPlugin(String.valueOf(e.getMessage()));
        }
    }

    static void tell(String why, @Nullable Throwable cause) {
        if (TOLD.add(why)) {
            LOGGER.atWarn().log(why);
            LOGGER.atDebug().setCause(cause).log("a task plugin is left out");
        }
    }

    /** The service file that names a class of which a message tells: so the jar is known. */
    private String serviceFile(String message) {
        try {
            for (URL file : Collections.list(loader.getResources(SERVICE))) {
                try (InputStream in = file.openStream()) {
                    boolean isNamed = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .anyMatch(line -> !line.isEmpty() && message.contains(line));
                    if (isNamed) {
                        return " (named by " + file + ")";
                    }
                }
            }
        } catch (IOException e) {
            LOGGER.atDebug().setCause(e).log("service files cannot be read");
        }
        return "";
    }
}
