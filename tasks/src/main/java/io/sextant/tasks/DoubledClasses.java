package io.sextant.tasks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Finds classes that jars of one class loader have in different versions: the first jar's is taken for all of them. */
final class DoubledClasses {
    private static final String CLASS = ".class";
    private static final String META = "META-INF/";
    private static final String MODULE = "module-info.class";

    private DoubledClasses() {}

    /**
     * One sentence or two for each two jars that differ.
     *
     * @param jars in the order in which they are looked at; one that cannot be read is passed over
     */
    static List<String> told(Collection<Path> jars) {
        Map<String, Found> first = new HashMap<>();
        Map<List<Path>, String> examples = new LinkedHashMap<>();
        for (Path jar : jars) {
            for (Found found : classes(jar)) {
                Found earlier = first.putIfAbsent(found.name(), found);
                if (earlier != null && earlier.checksum() != found.checksum()) {
                    examples.putIfAbsent(List.of(earlier.jar(), jar), found.name());
                }
            }
        }
        List<String> told = new ArrayList<>();
        examples.forEach((both, name) -> told.add("The plugin jars " + both.get(0) + " and " + both.get(1)
                + " have different classes of one name, " + name.replace('/', '.')
                + " for instance; that of the first is taken for both, and a plugin that needs the other fails. Give the"
                + " library other package names in one of them, or use one version."));
        return told;
    }

    private static List<Found> classes(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(DoubledClasses::isClass)
                    .map(entry -> new Found(
                            entry.getName().substring(0, entry.getName().length() - CLASS.length()),
                            jar,
                            entry.getCrc()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(CLASS)
                && !entry.getName().startsWith(META)
                && !entry.getName().equals(MODULE);
    }

    /**
     * A class of a jar.
     *
     * @param name with slashes
     * @param checksum of its bytes
     */
    private record Found(String name, Path jar, long checksum) {
        Found {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(jar, "jar");
        }
    }
}
