package io.sextant.app;

import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs command lines and keeps what they write: in this process, those that need no model also as a program of their own. */
final class CommandLineHarness {
    private final ModelOpener opener;
    private final boolean isProgram;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    CommandLineHarness(ModelOpener opener) {
        this(opener, false);
    }

    private CommandLineHarness(ModelOpener opener, boolean isProgram) {
        this.opener = opener;
        this.isProgram = isProgram;
    }

    /** For command lines that need no model: the executable of {@code -Dsextant.program} runs them where it is given. */
    static CommandLineHarness withoutModel() {
        return new CommandLineHarness(
                (settings, progress) -> {
                    throw new AssertionError("No model is needed for this");
                },
                PackagedProgram.isChosen());
    }

    /** Runs one command line without any input. */
    int run(Object... arguments) {
        return runWithInput("", arguments);
    }

    /** Runs one command line that can read this text from its standard input. */
    int runWithInput(String input, Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        if (isProgram) {
            return runProgram(input, words);
        }
        return execute(input, new PrintWriter(out, true), words);
    }

    /** Runs one command line whose standard output takes nothing, as that of a full disk or a closed pipe does. */
    int runIntoFullOutput(Object... arguments) {
        err.getBuffer().setLength(0);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        return execute("", new PrintWriter(full, true), words);
    }

    private int execute(String input, PrintWriter output, String... words) {
        Terminal terminal =
                new Terminal(new BufferedReader(new StringReader(input)), output, new PrintWriter(err, true), false);
        return SextantCommand.execute(terminal, opener, words);
    }

    private int runProgram(String input, String... words) {
        List<String> command = new ArrayList<>(PackagedProgram.command());
        command.addAll(List.of(words));
        try {
            Path errors = Files.createTempFile("program", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            out.write(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            int exitCode = process.waitFor();
            err.write(Files.readString(errors));
            Files.delete(errors);
            return exitCode;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Writes a small image. */
    static Path image(Path folder, String name) throws IOException {
        java.awt.image.BufferedImage image =
                new java.awt.image.BufferedImage(200, 100, java.awt.image.BufferedImage.TYPE_INT_RGB);
        Path file = folder.resolve(name);
        Files.createDirectories(folder);
        javax.imageio.ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
