package io.sextant.routes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, from jars that the build gathered beside the modules. */
final class ServerProcess {
    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param module below {@code playground}, whose jars it is
     * @param log where its output goes
     * @param command options of the JVM, main class and arguments
     */
    static ServerProcess start(String module, Path log, String... command) {
        try {
            return new ServerProcess(new ProcessBuilder(java(module, command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one to its end. */
    static void run(String module, Path log, String... command) {
        ServerProcess started = start(module, log, command);
        try {
            if (!started.process.waitFor(60, TimeUnit.SECONDS) || started.process.exitValue() != 0) {
                throw new IllegalStateException("failed: " + List.of(command) + ", see " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port nobody listens on now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        process.destroy();
        await();
    }

    void kill() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The settings of a server, with values for what stands in {@code ${...}}. */
    static String settings(String module, Map<String, Object> values) {
        try {
            String text = Files.readString(folder(module).resolve("server.properties"));
            for (Map.Entry<String, Object> value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", String.valueOf(value.getValue()));
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where settings and jars of a server lie. */
    static Path folder(String module) {
        return Path.of(System.getProperty("sextant.top", ".."), "playground", module)
                .toAbsolutePath()
                .normalize();
    }

    private static List<String> java(String module, String... command) {
        Path jars = folder(module).resolve("target").resolve("lib");
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException(
                    "There is no folder " + jars + "; run: mvn -pl playground/" + module + " pre-integration-test");
        }
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-cp");
        line.add(jars + File.separator + "*");
        line.addAll(List.of(command));
        return line;
    }
}
