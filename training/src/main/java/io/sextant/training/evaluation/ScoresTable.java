package io.sextant.training.evaluation;

import io.sextant.training.world.language.Task;
import java.util.Locale;
import java.util.TreeMap;

/** Writes scores as a table for a terminal. */
final class ScoresTable {
    private ScoresTable() {}

    static String write(Scores scores) {
        StringBuilder table = new StringBuilder();
        row(table, "task", "requests", "accuracy", "precision", "recall", "F1", "CHAIR_i", "CHAIR_s");
        for (Task task : Task.values()) {
            Tally tally = scores.byTask().get(task);
            if (tally != null) {
                addTask(table, task, task.word(), tally);
            }
        }
        for (Scores.CaptionKind kind : Scores.CaptionKind.values()) {
            Tally tally = scores.byCaption().get(kind);
            if (tally != null) {
                addTask(table, Task.CAPTION, "caption, " + kind.name().toLowerCase(Locale.ROOT), tally);
            }
        }
        table.append(String.format(Locale.ROOT, "%nmalformed answers: %s%n", percent(scores.malformed())));
        addRounds(table, scores);
        new TreeMap<>(scores.averagePrecision())
                .forEach((task, precision) -> table.append(String.format(
                        Locale.ROOT,
                        "%s average precision: AP50 %s, AP50:95 %s (classes: %d)%n",
                        task.word(),
                        percent(precision.at50()),
                        percent(precision.at50To95()),
                        precision.classes())));
        ReliabilityTable.add(table, "raw confidence", scores.reliability());
        ReliabilityTable.add(table, "calibrated confidence", scores.calibrated());
        return table.toString();
    }

    private static void addTask(StringBuilder table, Task task, String name, Tally tally) {
        String count = String.valueOf(tally.requests());
        switch (task) {
            case REFER, IDENTIFY, VQA, CHAT -> row(table, name, count, percent(tally.accuracy()), "", "", "", "", "");
            case DETECTION, GROUNDING ->
                row(
                        table,
                        name,
                        count,
                        "",
                        percent(tally.precision()),
                        percent(tally.recall()),
                        percent(tally.f1()),
                        "",
                        "");
            case CAPTION ->
                row(
                        table,
                        name,
                        count,
                        "",
                        percent(tally.precision()),
                        percent(tally.recall()),
                        percent(tally.f1()),
                        percent(tally.chairI()),
                        percent(tally.chairS()));
        }
    }

    private static void addRounds(StringBuilder table, Scores scores) {
        for (Task task : Task.values()) {
            Scores.Rounds rounds = scores.rounds().get(task);
            if (rounds != null) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s in a later round: %s, first asked: %s (%d %s)%n",
                        task.word(),
                        percent(ScoresJson.main(task, rounds.later())),
                        percent(ScoresJson.main(task, rounds.first())),
                        rounds.later().requests(),
                        rounds.isSameQuestions() ? "of the same questions" : "questions, not the same ones"));
            }
        }
    }

    private static void row(StringBuilder table, Object... cells) {
        table.append(String.format(Locale.ROOT, "%-18s %8s %9s %9s %9s %9s %9s %9s", cells)
                        .stripTrailing())
                .append(System.lineSeparator());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
