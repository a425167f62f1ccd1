package io.sextant.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How tests start the packaged application as a process: the jar that this build made, or the executable of {@code
 * -Dsextant.program=FILE}, for instance a native one. A relative FILE counts from the top of the project.
 */
public final class PackagedProgram {
    /** Name of the system property. */
    public static final String PROPERTY = "sextant.program";

    private PackagedProgram() {}

    /** Whether an executable takes the jar's place. */
    public static boolean isChosen() {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * The words that start it, without any arguments.
     *
     * @param javaOptions for the jar; an executable gets none
     */
    public static List<String> command(String... javaOptions) {
        String chosen = System.getProperty(PROPERTY);
        if (chosen != null) {
            Path program = Path.of(System.getProperty("sextant.top")).resolve(chosen);
            if (!Files.isExecutable(program) || Files.isDirectory(program)) {
                throw new AssertionError("-D" + PROPERTY + "=" + chosen + ": there is no executable " + program);
            }
            return List.of(program.toString());
        }
        return jar(javaOptions);
    }

    /** The words that start the jar that this build made, whatever executable is chosen. */
    public static List<String> jar(String... javaOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        // Most of these processes live for seconds, which a second compiler would take from the other core.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx512m");
        command.addAll(List.of(javaOptions));
        command.add("-jar");
        command.add(Path.of("target", "quarkus-app", "quarkus-run.jar")
                .toAbsolutePath()
                .toString());
        return command;
    }
}
