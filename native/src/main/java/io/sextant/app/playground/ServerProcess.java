package io.sextant.app.playground;

import io.sextant.core.error.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, whose jars the launcher has gathered; closing it stops it. */
final class ServerProcess implements AutoCloseable {
    /** Set by the launcher: the folder below which {@code kafka} and {@code s3} hold settings, and jars in {@code target/lib}. */
    private static final String PLAYGROUND_PROPERTY = "io.sextant.playground";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHOWN_LINES = 10;

    /** 128 and the signal's number, as a JVM ends that was interrupted. */
    private static final int INTERRUPTED = 130;

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param name what users call it
     * @param module whose jars it is
     * @param log where its output goes
     * @param command options of the JVM, main class and arguments
     * @throws ConfigurationException if there are no jars
     */
    static ServerProcess start(String name, String module, Path log, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(java().toString());
        line.add("-cp");
        line.add(jars(module) + File.separator + "*");
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ServerProcess(name, process, log);
    }

    private static Path java() {
        String home = System.getProperty("java.home");
        if (home == null) {
            throw new ConfigurationException(
                    "The playground's servers need a Java virtual machine, which a native executable"
                            + " has not: start the playground with the script sextant of the project.");
        }
        return Path.of(home, "bin", "java");
    }

    /** Waits until it has ended by itself. */
    void runToEnd() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            close();
            throw failed();
        }
    }

    /** Waits until it answers. */
    void awaitReady(Callable<Boolean> answers) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers.call()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw failed();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completed when it has ended. */
    CompletableFuture<Process> whenEnded() {
        return process.onExit();
    }

    /** Whether it has ended because somebody typed Ctrl-C, which reaches all processes of a terminal. */
    boolean wasInterrupted() {
        return !process.isAlive() && process.exitValue() == INTERRUPTED;
    }

    /** What went wrong, with the end of its log. */
    IOException failed() throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return new IOException("The " + name + " does not run; all of its output is in " + log
                + ", the last lines are:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A port on this machine alone.
     *
     * @param option that chooses it, for messages
     * @throws ConfigurationException if somebody listens there
     */
    static int requireFree(String option, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "Port " + port + " cannot be used (" + e.getMessage() + "); choose another with " + option + ".",
                    e);
        }
    }

    /** Whether somebody listens on a port of this machine. */
    static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The settings of a server, with its own values filled in.
     *
     * @param values for what stands in {@code ${...}}
     * @throws ConfigurationException if there are none
     */
    static String settings(String module, Map<String, Object> values) throws IOException {
        String text = Files.readString(folder(module).resolve("server.properties"));
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", String.valueOf(value.getValue()));
        }
        return text;
    }

    /**
     * Where settings and jars of a server lie.
     *
     * @throws ConfigurationException if that is not known
     */
    static Path folder(String module) {
        String folder = System.getProperty(PLAYGROUND_PROPERTY);
        if (folder == null) {
            throw new ConfigurationException(
                    "The servers' jars are not known here: start the playground with the script sextant of the project.");
        }
        return Path.of(folder, module).toAbsolutePath();
    }

    private static Path jars(String module) {
        Path jars = folder(module).resolve("target").resolve("lib");
        if (!Files.isDirectory(jars)) {
            throw new ConfigurationException(
                    "There are no jars in " + jars + "; run: mvn -pl playground/" + module + " pre-integration-test");
        }
        return jars;
    }
}
