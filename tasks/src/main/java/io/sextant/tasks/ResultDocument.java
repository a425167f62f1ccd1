package io.sextant.tasks;

import io.sextant.core.Timings;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.tasks.TaskOutcome.ImageReference;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An outcome as the maps and lists of the result document. */
record ResultDocument(TaskOutcome outcome) {
    /** Names the format; a reader that meets another value must not guess. */
    static final String SCHEMA = "sextant-result-v1";

    private static final int CONFIDENCE_DECIMALS = 3;
    private static final int PIXEL_DECIMALS = 2;
    private static final int MILLISECOND_DECIMALS = 3;

    Map<String, Object> toMap(boolean withTimings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("id", outcome.id());
        document.put("task", outcome.task());
        document.put("model", model());
        document.put("image", image(outcome.image()));
        document.put("prompt", outcome.prompt());
        PixelBox box = outcome.box();
        document.put("box", box == null ? null : pixels(box));
        if (!outcome.headers().isEmpty()) {
            document.put("headers", new TreeMap<>(outcome.headers()));
        }
        document.put("text", outcome.text());
        document.put("result", result(outcome.result()));
        document.put("malformed", outcome.result().malformed());
        document.put(
                "finishReason",
                outcome.finishReason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        document.put("tokens", tokens());
        document.put("droppedTurns", outcome.droppedTurns());
        if (withTimings) {
            document.put("timings", timings(outcome.timings()));
        }
        return document;
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", outcome.model().name());
        model.put("fingerprint", outcome.model().fingerprint());
        model.put("precision", outcome.model().precision());
        return model;
    }

    private static @Nullable Map<String, Object> image(@Nullable ImageReference reference) {
        if (reference == null) {
            return null;
        }
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("name", reference.name());
        image.put("digest", reference.digest());
        image.put("width", reference.width());
        image.put("height", reference.height());
        image.put("orientation", reference.orientation());
        if (reference.familiar() != null) {
            image.put("familiar", reference.familiar());
        }
        return image;
    }

    private static Map<String, Object> result(TaskResult result) {
        if (result instanceof TaskResult.Text text) {
            return typed("text", "text", text.text());
        }
        if (result instanceof TaskResult.Caption caption) {
            return typed("caption", "text", caption.text());
        }
        if (result instanceof TaskResult.Malformed malformed) {
            return typed("malformed", "text", malformed.text());
        }
        if (result instanceof TaskResult.Answer answer) {
            Map<String, Object> map = typed("answer", "text", answer.text());
            map.put("confidence", confidence(answer.confidence()));
            if (!answer.probabilities().isEmpty()) {
                Map<String, Object> probabilities = new LinkedHashMap<>();
                answer.probabilities().forEach((text, share) -> probabilities.put(text, confidence(share)));
                map.put("probabilities", probabilities);
            }
            return map;
        }
        if (result instanceof TaskResult.Number number) {
            Map<String, Object> map = typed("number", "value", JsonValues.decimal(BigDecimal.valueOf(number.value())));
            map.put("confidence", confidence(number.confidence()));
            return map;
        }
        if (result instanceof TaskResult.Phrases phrases) {
            Map<String, Object> map = typed("phrases", "text", phrases.text());
            map.put(
                    "phrases",
                    phrases.phrases().stream().map(ResultDocument::phrase).toList());
            return map;
        }
        if (result instanceof TaskResult.Boxes boxes) {
            return typed("boxes", "boxes", boxes(boxes.boxes()));
        }
        if (result instanceof TaskResult.Custom custom) {
            Map<String, Object> map = typed("custom", "schema", custom.schemaId());
            map.put("object", JsonValues.ordered(custom.object(), custom.schemaId()));
            return map;
        }
        throw new IllegalStateException("Unknown result " + result.getClass());
    }

    private static Map<String, Object> typed(String type, String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type);
        map.put(key, value);
        return map;
    }

    private static Map<String, Object> phrase(LocatedPhrase phrase) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", phrase.text());
        map.put("boxes", boxes(phrase.boxes()));
        if (!phrase.text().isEmpty()) {
            map.put("confidence", confidence(phrase.confidence()));
        }
        return map;
    }

    private static List<Map<String, Object>> boxes(List<LocatedBox> boxes) {
        return boxes.stream().map(ResultDocument::box).toList();
    }

    private static Map<String, Object> box(LocatedBox box) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pixels", pixels(box.pixels()));
        map.put("bins", bins(box.bins()));
        map.put("confidence", confidence(box.confidence()));
        return map;
    }

    private static Map<String, Object> pixels(PixelBox box) {
        return edges(pixel(box.xMin()), pixel(box.yMin()), pixel(box.xMax()), pixel(box.yMax()));
    }

    private static Map<String, Object> bins(BinBox box) {
        return edges(box.xMin(), box.yMin(), box.xMax(), box.yMax());
    }

    private static Map<String, Object> edges(Object xMin, Object yMin, Object xMax, Object yMax) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("xMin", xMin);
        map.put("yMin", yMin);
        map.put("xMax", xMax);
        map.put("yMax", yMax);
        return map;
    }

    private Map<String, Object> tokens() {
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("prompt", outcome.promptTokens());
        tokens.put("generated", outcome.generatedTokens());
        return tokens;
    }

    private static Map<String, Object> timings(Timings timings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("encodeMs", milliseconds(timings.encode()));
        map.put("prefillMs", milliseconds(timings.prefill()));
        map.put("decodeMs", milliseconds(timings.decode()));
        return map;
    }

    private static BigDecimal confidence(double value) {
        return rounded(BigDecimal.valueOf(value), CONFIDENCE_DECIMALS);
    }

    private static BigDecimal pixel(double value) {
        return rounded(BigDecimal.valueOf(value), PIXEL_DECIMALS);
    }

    private static BigDecimal milliseconds(Duration duration) {
        return rounded(BigDecimal.valueOf(duration.toNanos(), 6), MILLISECOND_DECIMALS);
    }

    private static BigDecimal rounded(BigDecimal value, int decimals) {
        return JsonValues.decimal(value.setScale(decimals, RoundingMode.HALF_UP));
    }
}
