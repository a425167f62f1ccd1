package io.sextant.training.evaluation;

import io.sextant.core.confidence.AnswerPart;
import io.sextant.training.evaluation.confidence.Reliability;
import io.sextant.training.world.language.Task;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes confidence against accuracy for a terminal; bins without anything are left out. */
final class ReliabilityTable {
    private ReliabilityTable() {}

    /** @param kind of confidence, for the heading */
    static void add(StringBuilder table, String kind, Map<Task, Map<AnswerPart, Reliability>> byTask) {
        new TreeMap<>(byTask)
                .forEach((task, parts) -> new TreeMap<>(parts)
                        .forEach((part, reliability) ->
                                add(table, kind + ", " + task.word() + " " + part.word(), reliability)));
    }

    private static void add(StringBuilder table, String heading, Reliability reliability) {
        table.append(String.format(
                Locale.ROOT,
                "%n%s: %d, mean %.3f, right %s, expected calibration error %s%n",
                heading,
                reliability.count(),
                reliability.meanConfidence(),
                ScoresTable.percent(reliability.accuracy()),
                ScoresTable.percent(reliability.expectedCalibrationError())));
        for (Reliability.Bin bin : reliability.bins()) {
            if (bin.count() > 0) {
                table.append(String.format(
                        Locale.ROOT,
                        "  over %.1f to %.1f %8d  mean %.3f  right %8s%n",
                        bin.from(),
                        bin.to(),
                        bin.count(),
                        bin.confidence(),
                        ScoresTable.percent(bin.accuracy())));
            }
        }
    }
}
