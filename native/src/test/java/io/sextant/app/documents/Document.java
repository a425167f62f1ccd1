package io.sextant.app.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown file and its fenced blocks. */
final class Document {
    /** The top of the project, seen from this module. */
    static final Path TOP = Path.of("..");

    private static final Pattern MARK = Pattern.compile("<!-- (.*) -->");
    private static final Pattern FENCE = Pattern.compile("```([a-z]*)");

    private final Path file;
    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();

    private Document(Path file, List<String> lines) {
        this.file = file;
        this.lines = new ArrayList<>(lines);
        findBlocks();
    }

    /**
     * A fenced block.
     *
     * @param mark what the comment in the line above says; empty where there is none
     * @param language behind the opening fence; may be empty
     * @param first index of the line behind the opening fence
     * @param end index of the closing fence
     */
    record Block(String mark, String language, int first, int end, List<String> lines) {
        Block {
            lines = List.copyOf(lines);
        }

        /** What stands behind a word of the mark; empty where the mark is another. */
        String marked(String word) {
            return mark.startsWith(word + ":")
                    ? mark.substring(word.length() + 1).strip()
                    : "";
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    static Document read(Path file) throws IOException {
        return new Document(file, Files.readAllLines(file));
    }

    /** README.md of the project and of the examples, and all pages below docs but the decisions. */
    static List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>(List.of(TOP.resolve("README.md")));
        try (Stream<Path> pages = Files.walk(TOP.resolve("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !page.startsWith(TOP.resolve("docs/adr"))
                            && !page.toString().contains("/target/"))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }

    String name() {
        return TOP.relativize(file).toString();
    }

    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** Where a block is, for messages. */
    String place(Block block) {
        return name() + ":" + (block.first() + 1);
    }

    /** The block that shows what another printed: the next one, where nothing but a blank line stands between. */
    @org.jspecify.annotations.Nullable
    Block outputOf(Block block) {
        int at = blocks.indexOf(block) + 1;
        if (at >= blocks.size()) {
            return null;
        }
        Block next = blocks.get(at);
        boolean isShown = next.mark().isEmpty() && next.first() == block.end() + 3;
        return isShown && (next.language().equals("text") || next.language().equals("json")) ? next : null;
    }

    /** Puts other lines into a block and writes the file. */
    void replace(Block block, List<String> fresh) throws IOException {
        lines.subList(block.first(), block.end()).clear();
        lines.addAll(block.first(), fresh);
        Files.write(file, lines);
        blocks.clear();
        findBlocks();
    }

    private void findBlocks() {
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                Matcher mark = MARK.matcher(i == 0 ? "" : lines.get(i - 1));
                blocks.add(new Block(
                        mark.matches() ? mark.group(1).strip() : "",
                        fence.group(1),
                        i + 1,
                        end,
                        lines.subList(i + 1, end)));
                i = end;
            }
        }
    }
}
