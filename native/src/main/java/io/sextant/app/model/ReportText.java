package io.sextant.app.model;

import io.sextant.app.console.Printable;
import io.sextant.app.console.Table;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.model.ModelMeasurement;
import io.sextant.core.model.ModelReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes a report for people. */
final class ReportText {
    private static final int SHOWN_KEYS = 5;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private ReportText() {}

    static void print(ModelReport report, List<Measured> measured, PrintWriter out) {
        if (Files.isDirectory(report.folder())) {
            out.println(Printable.line(report.name() + " in " + report.folder()));
        }
        if (!report.sizesFrom().isEmpty()) {
            out.println(Printable.line("sizes from " + report.sizesFrom()));
        }
        report.dimensions().ifPresent(dimensions -> print(dimensions, out));
        for (ModelReport.Part part : report.parts()) {
            out.println();
            print(part, out);
        }
        if (!report.memory().isEmpty()) {
            out.println();
            out.println("memory");
            Table table = new Table("  ", "precision", ">weights", ">one full context", ">together");
            for (ModelReport.Memory memory : report.memory()) {
                table.row(
                        Measured.name(memory.precision()),
                        size(memory.weightBytes()),
                        size(memory.contextBytes()),
                        size(memory.totalBytes()));
            }
            table.print(out);
            report.memory().stream()
                    .filter(memory -> memory.int8CopyBytes() > 0)
                    .forEach(memory -> out.println("  " + Measured.name(memory.precision())
                            + " with its int8 copy (sextant.model.int8-copy) takes "
                            + size(memory.int8CopyBytes()) + " more"));
        }
        if (!measured.isEmpty()) {
            out.println();
            print(measured, out);
        }
        out.println();
        if (report.isUsable()) {
            out.println(
                    report.verified()
                            ? "Usable: every weight was read and is sound."
                            : "Usable as far as headers tell; --verify reads every weight.");
            return;
        }
        out.println("Not usable:");
        report.problems().forEach(problem -> out.println("  " + Printable.line(problem)));
    }

    private static void print(List<Measured> measured, PrintWriter out) {
        out.println("measured on this machine, one request at a time");
        Table table = new Table("  ", "precision", ">loading", ">image pass", ">prompt", ">answer");
        for (Measured each : measured) {
            ModelMeasurement measurement = each.measurement();
            if (measurement != null) {
                table.row(
                        each.name(),
                        seconds(measurement.load()),
                        seconds(measurement.image()),
                        rate(measurement.promptRate(), "positions"),
                        rate(measurement.tokenRate(), "tokens"));
            }
        }
        table.print(out);
        measured.stream()
                .filter(each -> each.measurement() == null)
                .forEach(each -> out.println("  " + each.name() + " was not measured: " + each.failure()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    private static String rate(double value, String what) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f %s/s" : "%.0f %s/s", value, what);
    }

    private static void print(ModelDimensions dimensions, PrintWriter out) {
        VisionDimensions vision = dimensions.vision();
        DecoderDimensions decoder = dimensions.decoder();
        LoraDimensions lora = dimensions.lora();
        out.println("  image encoder: " + vision.imageSize() + " pixels, patches of " + vision.patchSize() + ", width "
                + vision.width() + ", " + vision.blocks() + " blocks, " + vision.heads() + " heads");
        out.println("  decoder: width " + decoder.hidden() + ", " + decoder.layers() + " layers, " + decoder.heads()
                + " heads, " + decoder.keyValueHeads() + " for keys and values, vocabulary " + decoder.vocabulary()
                + ", context " + decoder.contextLength());
        out.println("  LoRA adapter: rank " + lora.rank() + ", alpha " + lora.alpha());
    }

    private static void print(ModelReport.Part part, PrintWriter out) {
        out.println(Printable.line(part.role() + ": " + part.path()));
        for (ModelReport.PartFile file : part.files()) {
            out.println("  " + Printable.line(String.valueOf(file.path().getFileName())) + "  " + file.format() + "  "
                    + size(file.bytes()));
        }
        if (part.tensorsUsed() > 0) {
            out.println("  " + part.tensorsUsed() + " tensors used, "
                    + String.join(", ", part.elementTypes()).toLowerCase(Locale.ROOT));
        }
        List<String> ignored = part.tensorsIgnored();
        if (!ignored.isEmpty()) {
            String more = ignored.size() > SHOWN_KEYS ? " and " + (ignored.size() - SHOWN_KEYS) + " more" : "";
            out.println("  " + ignored.size() + " tensors not used: "
                    + Printable.line(String.join(", ", ignored.subList(0, Math.min(SHOWN_KEYS, ignored.size()))))
                    + more);
        }
        part.notes().forEach(note -> out.println("  " + Printable.line(note)));
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
