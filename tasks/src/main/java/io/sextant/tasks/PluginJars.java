package io.sextant.tasks;

import io.sextant.core.error.ConfigurationException;
import io.sextant.tasks.spi.TaskFactory;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Task plugins that lie beside the application: their jars become one class loader for {@link
 * TaskRegistries#factories(ClassLoader)}.
 *
 * <p>A class is looked for in the application first, then in the jars, so that plugins share the application's Sextant and
 * its libraries; among each other the jars are not kept apart. The loader is never closed: a task may load a class at any
 * request, so it lives as long as the tasks do. A jar must not be exchanged while the application runs.
 */
public final class PluginJars {
    private static final String SERVICE = "META-INF/services/" + TaskFactory.class.getName();
    private static final Logger LOGGER = LoggerFactory.getLogger(PluginJars.class);
    private static final String USUAL_KEY = "sextant.plugins.path";

    /** What names the jars, for messages. */
    private final String key;

    private PluginJars(String key) {
        this.key = key;
    }

    /**
     * A class loader over these jars.
     *
     * @param path jar files, and folders whose files ending in {@code .jar} are taken; if there are none, the parent is returned
     * @param parent the application's class loader
     * @throws ConfigurationException naming all that does not exist, is no jar, or has a service file whose classes are there twice; also in a native image, which cannot load classes
     */
    public static ClassLoader open(Collection<Path> path, ClassLoader parent) {
        return open(USUAL_KEY, path, parent);
    }

    /**
     * As {@link #open(Collection, ClassLoader)}, for jars that something else names than the application's configuration.
     *
     * @param key what names them, for messages
     */
    public static ClassLoader open(String key, Collection<Path> path, ClassLoader parent) {
        List<String> problems = new ArrayList<>();
        ClassLoader loader = new PluginJars(key).loader(path, parent, problems::add);
        if (!problems.isEmpty()) {
            throw ConfigurationException.of(problems, null);
        }
        return loader;
    }

    /**
     * As {@link #open(Collection, ClassLoader)}, gathering what is wrong, so that more may be found wrong before it is told.
     *
     * @param problems is told of each jar that cannot be used, and why
     * @return over those that can
     */
    public static ClassLoader open(Collection<Path> path, ClassLoader parent, Consumer<String> problems) {
        return new PluginJars(USUAL_KEY).loader(path, parent, problems);
    }

    private ClassLoader loader(Collection<Path> path, ClassLoader parent, Consumer<String> problems) {
        if (path.isEmpty()) {
            return parent;
        }
        if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
            problems.accept(key + "=" + path + " cannot be used here: a native image sees only the plugins it"
                    + " was built with. Run Sextant on a Java virtual machine, or build the image with the plugins.");
            return parent;
        }
        Set<Path> jars = new LinkedHashSet<>();
        for (Path entry : path) {
            attempt(problems, () -> jars.addAll(jars(entry)));
        }
        Map<String, Path> providers = new LinkedHashMap<>();
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            attempt(problems, () -> {
                Set<String> named = providers(jar);
                for (String provider : named) {
                    requireOnce(provider, jar, providers.get(provider), parent);
                }
                named.forEach(provider -> providers.put(provider, jar));
                urls.add(url(jar));
            });
        }
        DoubledClasses.told(jars).forEach(LOGGER::warn);
        return new URLClassLoader("sextant-plugins", urls.toArray(new URL[0]), parent);
    }

    private static void attempt(Consumer<String> problems, Runnable part) {
        try {
            part.run();
        } catch (ConfigurationException e) {
            e.problems().forEach(problems);
        }
    }

    private List<Path> jars(Path entry) {
        Path absolute = entry.toAbsolutePath().normalize();
        if (Files.isRegularFile(absolute)) {
            return List.of(absolute);
        }
        if (!Files.isDirectory(absolute)) {
            throw new ConfigurationException(key + " names " + entry + ", but there is no " + absolute
                    + "; name a jar file or a folder of jars. Relative paths count from the working directory.");
        }
        try (Stream<Path> files = Files.list(absolute)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException(
                    key + " names the folder " + absolute + ", which cannot be read (" + e
                            + "); check its permissions.",
                    e);
        }
    }

    /** What the jar's service file names; nothing if it has none, as a library of a plugin's. */
    private Set<String> providers(Path jar) {
        Set<String> names = new LinkedHashSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(SERVICE);
            if (entry != null) {
                String text = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                text.lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(names::add);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The plugin jar " + jar + " of " + key + " cannot be read as a jar (" + e.getMessage()
                            + "); build or copy it again, or remove it.",
                    e);
        }
        return names;
    }

    /** Java would silently take the first of two classes of one name, often the older version. */
    private void requireOnce(String provider, Path jar, @Nullable Path earlier, ClassLoader parent) {
        if (earlier != null) {
            throw new ConfigurationException("The task plugin " + provider + " is in two jars of " + key + ": "
                    + earlier + " and " + jar + "; remove one of them.");
        }
        URL ofApplication = parent.getResource(provider.replace('.', '/') + ".class");
        if (ofApplication != null) {
            throw new ConfigurationException("The task plugin " + provider + " is twice: in the application ("
                    + ofApplication + ") and in " + jar + " of " + key + "; remove one of them.");
        }
    }

    private URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new ConfigurationException(
                    "The plugin jar " + jar + " of " + key + " has no usable name; rename it.", e);
        }
    }
}
