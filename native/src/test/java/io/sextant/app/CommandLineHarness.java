package io.sextant.app;

import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs command lines in this process and keeps what they write. */
final class CommandLineHarness {
    private final ModelOpener opener;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    CommandLineHarness(ModelOpener opener) {
        this.opener = opener;
    }

    /** Runs one command line without any input. */
    int run(Object... arguments) {
        return runWithInput("", arguments);
    }

    /** Runs one command line that can read this text from its standard input. */
    int runWithInput(String input, Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Terminal terminal = new Terminal(
                new BufferedReader(new StringReader(input)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false);
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        return SextantCommand.execute(terminal, opener, words);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Writes a small image. */
    static Path image(Path folder, String name) throws java.io.IOException {
        java.awt.image.BufferedImage image =
                new java.awt.image.BufferedImage(200, 100, java.awt.image.BufferedImage.TYPE_INT_RGB);
        Path file = folder.resolve(name);
        Files.createDirectories(folder);
        javax.imageio.ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
