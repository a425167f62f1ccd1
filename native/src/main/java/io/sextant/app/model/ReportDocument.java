package io.sextant.app.model;

import io.sextant.core.model.ModelMeasurement;
import io.sextant.core.model.ModelReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as JSON values, in a fixed order. */
final class ReportDocument {
    private ReportDocument() {}

    static Map<String, Object> of(ModelReport report, List<Measured> measured) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", report.folder().toString());
        document.put("name", report.name());
        document.put("usable", report.isUsable());
        document.put("verified", report.verified());
        if (!report.sizesFrom().isEmpty()) {
            document.put("sizesFrom", report.sizesFrom());
        }
        report.dimensions().ifPresent(dimensions -> {
            Map<String, Object> sizes = new LinkedHashMap<>();
            sizes.put("imageSize", dimensions.vision().imageSize());
            sizes.put("encoderWidth", dimensions.vision().width());
            sizes.put("encoderBlocks", dimensions.vision().blocks());
            sizes.put("decoderWidth", dimensions.decoder().hidden());
            sizes.put("decoderLayers", dimensions.decoder().layers());
            sizes.put("vocabulary", dimensions.decoder().vocabulary());
            sizes.put("contextLength", dimensions.decoder().contextLength());
            sizes.put("loraRank", dimensions.lora().rank());
            sizes.put("loraAlpha", dimensions.lora().alpha());
            document.put("dimensions", sizes);
        });
        List<Object> parts = new ArrayList<>();
        report.parts().forEach(part -> parts.add(part(part)));
        document.put("parts", parts);
        List<Object> memory = new ArrayList<>();
        for (ModelReport.Memory need : report.memory()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("precision", Measured.name(need.precision()));
            entry.put("weightBytes", need.weightBytes());
            entry.put("contextBytes", need.contextBytes());
            if (need.int8CopyBytes() > 0) {
                entry.put("int8CopyBytes", need.int8CopyBytes());
            }
            memory.add(entry);
        }
        document.put("memory", memory);
        if (!measured.isEmpty()) {
            document.put(
                    "measured", measured.stream().map(ReportDocument::measured).toList());
        }
        document.put("problems", report.problems());
        return document;
    }

    private static Map<String, Object> measured(Measured each) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("precision", each.name());
        ModelMeasurement measurement = each.measurement();
        if (measurement == null) {
            entry.put("failure", String.valueOf(each.failure()));
            return entry;
        }
        entry.put("loadedAs", measurement.precision());
        entry.put("device", measurement.device());
        entry.put("loadMs", measurement.load().toMillis());
        entry.put("imageMs", measurement.image().toMillis());
        entry.put("promptPositions", measurement.promptPositions());
        entry.put("promptMs", measurement.prompt().toMillis());
        entry.put("tokensPerSecond", Math.round(10 * measurement.tokenRate()) / 10.0);
        return entry;
    }

    private static Map<String, Object> part(ModelReport.Part part) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("role", part.role());
        document.put("path", part.path().toString());
        List<Object> files = new ArrayList<>();
        for (ModelReport.PartFile file : part.files()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("path", file.path().toString());
            entry.put("format", file.format());
            entry.put("bytes", file.bytes());
            files.add(entry);
        }
        document.put("files", files);
        document.put("elementTypes", part.elementTypes());
        document.put("tensorsUsed", part.tensorsUsed());
        document.put("tensorsIgnored", part.tensorsIgnored());
        document.put("notes", part.notes());
        return document;
    }
}
