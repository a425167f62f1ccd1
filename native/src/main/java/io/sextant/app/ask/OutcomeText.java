package io.sextant.app.ask;

import io.sextant.app.console.Printable;
import io.sextant.app.console.Table;
import io.sextant.core.FinishReason;
import io.sextant.tasks.Findings;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Writes an outcome for people: the answer, and boxes as a small table in pixels of the upright image. */
public final class OutcomeText {
    private static final String INDENT = "  ";
    private static final String[] EDGES = {">xMin", ">yMin", ">xMax", ">yMax", ">confidence"};

    private OutcomeText() {}

    /** Writes one outcome; nothing in it can move the cursor or change the terminal's colours. */
    public static void print(TaskOutcome outcome, PrintWriter out) {
        TaskResult result = outcome.result();
        if (result instanceof TaskResult.Answer answer) {
            out.println(Printable.lines(answer.text()) + INDENT + "(confidence " + share(answer.confidence()) + ")");
        } else if (result instanceof TaskResult.Phrases phrases) {
            printPhrases(outcome, phrases, out);
        } else if (result instanceof TaskResult.Boxes boxes) {
            printBoxes(outcome, boxes.boxes(), out);
        } else if (result instanceof TaskResult.Number number) {
            out.println(number.value() + INDENT + "(confidence " + share(number.confidence()) + ")");
        } else if (result instanceof TaskResult.Custom custom) {
            out.println(Printable.lines(ResultJson.INDENTED.toText(custom)));
        } else if (result instanceof TaskResult.Text || result instanceof TaskResult.Caption) {
            out.println(Printable.lines(outcome.text()));
        } else if (result instanceof TaskResult.Malformed) {
            out.println("no answer of the form this task promises");
        } else {
            throw new IllegalStateException(
                    "No text form for " + result.getClass().getName());
        }
        for (String part : result.malformed()) {
            out.println(INDENT + "not readable: " + Printable.lines(part));
        }
        if (outcome.isUnfamiliar()) {
            out.println(INDENT + "(the image is unlike the drawn scenes this model knows: the answer means nothing)");
        }
        if (outcome.finishReason() == FinishReason.LENGTH) {
            out.println(INDENT + "(cut after " + outcome.generatedTokens() + " tokens, see --max-new-tokens)");
        }
        if (outcome.droppedTurns() > 0) {
            out.println(INDENT + "(the oldest " + outcome.droppedTurns()
                    + " rounds did not fit the context and were left out)");
        }
        out.flush();
    }

    private static void printPhrases(TaskOutcome outcome, TaskResult.Phrases result, PrintWriter out) {
        String summary = Findings.of(outcome).summary();
        if (summary.isEmpty()) {
            out.println(Printable.lines(result.text()));
            out.println(INDENT
                    + Findings.count(result.phrases().stream()
                            .mapToInt(phrase -> phrase.boxes().size())
                            .sum()));
        } else {
            out.println(Printable.lines(summary));
        }
        List<LocatedPhrase> located = result.phrases().stream()
                .filter(phrase -> !phrase.boxes().isEmpty())
                .toList();
        if (located.isEmpty()) {
            return;
        }
        Table table = new Table(INDENT, "phrase", EDGES[0], EDGES[1], EDGES[2], EDGES[3], EDGES[4]);
        for (LocatedPhrase phrase : located) {
            String text = Printable.lines(Findings.label(outcome, phrase));
            for (LocatedBox box : phrase.boxes()) {
                String[] cells = cells(box);
                table.row(text, cells[0], cells[1], cells[2], cells[3], cells[4]);
            }
        }
        table.print(out);
    }

    private static void printBoxes(TaskOutcome outcome, List<LocatedBox> boxes, PrintWriter out) {
        String summary = Findings.of(outcome).summary();
        out.println(Printable.lines(summary.isEmpty() ? Findings.count(boxes.size()) : summary));
        if (boxes.isEmpty()) {
            return;
        }
        Table table = new Table(INDENT, EDGES);
        boxes.forEach(box -> table.row(cells(box)));
        table.print(out);
    }

    private static String[] cells(LocatedBox box) {
        return new String[] {
            pixels(box.pixels().xMin()),
            pixels(box.pixels().yMin()),
            pixels(box.pixels().xMax()),
            pixels(box.pixels().yMax()),
            share(box.confidence())
        };
    }

    private static String pixels(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
