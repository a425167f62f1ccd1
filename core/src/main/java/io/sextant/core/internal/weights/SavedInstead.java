package io.sextant.core.internal.weights;

import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what a failed download left under the name of a model's file: a Git LFS pointer, a web page, a server's refusal. */
public final class SavedInstead {
    private static final int HEAD_BYTES = 512;
    private static final int SHOWN_CHARACTERS = 60;

    /** UTF-8's byte order mark, read as Latin-1. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private static final Pattern POINTER =
            Pattern.compile("version https?://(git-lfs|hawser)\\.github\\.com/spec/.*", Pattern.DOTALL);
    private static final Pattern MARKUP = Pattern.compile("<[!?a-zA-Z].*", Pattern.DOTALL);
    private static final Pattern REFUSAL =
            Pattern.compile("\\{.*\"(error|errors|message|detail)\"\\s*:.*", Pattern.DOTALL);

    /** Printable characters of any code that keeps ASCII; a file of weights has a zero or another control character early. */
    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e\\x80-\\xff\\s]+");

    private SavedInstead() {}

    /**
     * What a file is instead of a model's, empty if nothing shows at its beginning; of one that cannot be read nothing does.
     *
     * @param file whose name says that it holds JSON, or else weights
     */
    public static Optional<String> problem(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (file.toString().endsWith(".json")) {
                refuseForJson(channel, file);
            } else {
                refuseForBinary(channel, file, "a file of weights");
            }
            return Optional.empty();
        } catch (ModelFilesException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a file of text that should hold JSON.
     *
     * @throws ModelFilesException naming the file, saying what it is and how to get the right one
     */
    public static void refuseForJson(FileChannel channel, Path file) throws IOException {
        String head = head(channel, file);
        refuse(head, file, "JSON");
        if (REFUSAL.matcher(head).matches()) {
            throw refused(
                    file,
                    "of a model",
                    "a server's refusal was saved instead, \"" + firstLine(head) + "\"",
                    "download the file itself, signed in if it needs that");
        }
    }

    /**
     * Refuses a file that should hold binary data: as for JSON, and any other text too.
     *
     * @param expected what the file should be, with its article
     * @throws ModelFilesException naming the file, saying what it is and how to get the right one
     */
    public static void refuseForBinary(FileChannel channel, Path file, String expected) throws IOException {
        String head = head(channel, file);
        refuse(head, file, expected);
        if (TEXT.matcher(head).matches()) {
            throw refused(
                    file,
                    expected,
                    "a text that begins with \"" + firstLine(head) + "\"",
                    "fetch the file again, signed in if it needs that");
        }
    }

    private static void refuse(String head, Path file, String expected) {
        if (POINTER.matcher(head).matches()) {
            throw refused(
                    file,
                    expected,
                    "a Git LFS pointer",
                    "fetch the content with \"git lfs pull\" or download the file itself");
        }
        if (MARKUP.matcher(head).matches()) {
            throw refused(
                    file,
                    expected,
                    "a web page was saved instead",
                    "download the file itself, signed in if it needs that");
        }
    }

    private static ModelFilesException refused(Path file, String expected, String found, String advice) {
        return new ModelFilesException(file + " is not " + expected + " (" + found + "); " + advice + ".");
    }

    private static String head(FileChannel channel, Path file) throws IOException {
        if (channel.size() == 0) {
            throw new ModelFilesException(file + " is empty; the download failed, fetch it again.");
        }
        ByteBuffer head = FileBytes.read(channel, 0, (int) Math.min(channel.size(), HEAD_BYTES), file);
        String text = StandardCharsets.ISO_8859_1.decode(head).toString();
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text).stripLeading();
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
