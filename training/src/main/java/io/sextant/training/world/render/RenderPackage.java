package io.sextant.training.world.render;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The npm package with the renders. It is fetched by npm into a folder of the user's once, checked against its digest, and
 * then read from there without a network.
 */
final class RenderPackage {
    static final String NAME = "@lobehub/fluent-emoji-3d";
    static final String VERSION = "1.1.0";

    /** SHA-512 of the archive as npm publishes it. */
    private static final String INTEGRITY =
            "Wlq2lVStTnr8BDpIJ0pEnTKO4LuDxxqTEhTvRtD1DLRF0me7ogeRQjKoehDHXuVJ2Qaecgl5wRBv60lUAG3h7g==";

    private final Path archive;
    private final List<String> npm;

    /**
     * @param folder where the archive lies or is put
     * @param npm the command that fetches packages
     */
    RenderPackage(Path folder, List<String> npm) {
        this.archive = folder.resolve("lobehub-fluent-emoji-3d-" + VERSION + ".tgz");
        this.npm = List.copyOf(npm);
    }

    /** The archive's file, fetched now if it is not there yet. */
    Path archive(Consumer<String> progress) {
        if (Files.exists(archive)) {
            requireDigest(archive);
            return archive;
        }
        progress.accept("fetching " + NAME + " " + VERSION + " with npm (16 MB, once)");
        try {
            Path folder = archive.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path incoming = Files.createTempDirectory(folder, "incoming");
            try {
                pack(incoming);
                Path fetched = onlyFile(incoming);
                requireDigest(fetched);
                AtomicFile.move(fetched, archive);
            } finally {
                delete(incoming);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "Cannot keep " + NAME + " as " + archive + " (" + e + "); choose another folder with --cache.", e);
        }
        return archive;
    }

    private void pack(Path folder) throws IOException {
        List<String> command = Stream.concat(
                        npm.stream(),
                        Stream.of("pack", NAME + "@" + VERSION, "--silent", "--pack-destination", folder.toString()))
                .toList();
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The renders of the generated world come from the npm package " + NAME + "@" + VERSION + ", and \""
                            + npm.get(0) + "\" cannot be run; install npm (Debian: apt install npm), or run"
                            + " \"npm pack " + NAME + "@" + VERSION + "\" elsewhere and copy the file to " + archive
                            + ".",
                    e);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = waitFor(process);
        if (exit != 0) {
            throw new ConfigurationException("npm could not fetch " + NAME + "@" + VERSION + " (exit code " + exit
                    + "); check the network and npm's registry setting, or copy the archive to " + archive
                    + ". npm said: " + output.strip());
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new ConfigurationException("Interrupted while npm was fetching " + NAME + "; run it again.", e);
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst()
                    .orElseThrow(() -> new ConfigurationException(
                            "npm fetched nothing for " + NAME + "@" + VERSION + "; check npm's settings."));
        }
    }

    private static void requireDigest(Path file) {
        String digest = Base64.getEncoder().encodeToString(sha512(file));
        if (!digest.equals(INTEGRITY)) {
            throw new ConfigurationException(file + " is not " + NAME + " " + VERSION + ": its SHA-512 is " + digest
                    + ", expected " + INTEGRITY + "; delete the file and run again.");
        }
    }

    private static byte[] sha512(Path file) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
