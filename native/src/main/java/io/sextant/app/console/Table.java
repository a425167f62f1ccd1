package io.sextant.app.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in columns as wide as their widest cell. Columns of numbers are right-aligned. */
public final class Table {
    private final String indent;
    private final boolean[] isNumeric;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * @param indent written before every row
     * @param headings one per column; a heading that starts with '>' stands over numbers
     */
    public Table(String indent, String... headings) {
        this.indent = indent;
        isNumeric = new boolean[headings.length];
        String[] first = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            isNumeric[i] = headings[i].startsWith(">");
            first[i] = isNumeric[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(first);
    }

    /** Adds a row; as many cells as there are headings. Each is shown on one line, see {@link Printable#line}. */
    public void row(String... cells) {
        if (cells.length != isNumeric.length) {
            throw new IllegalArgumentException("A row needs " + isNumeric.length + " cells, was " + cells.length);
        }
        rows.add(Arrays.stream(cells).map(Printable::line).toArray(String[]::new));
    }

    /** Writes headings and rows. */
    public void print(PrintWriter out) {
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.length; i++) {
                String padding = " ".repeat(width(i) - row[i].length());
                line.append(isNumeric[i] ? padding + row[i] : row[i] + padding).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
