package io.sextant.tasks;

import io.sextant.core.Decoding;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelInfo;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.tasks.TaskInput.Round;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Computes the id of a result: the same question to the same model gives the same id, on any machine, at any time. */
final class ResultId {
    /*
     * The id is the lower-case hex SHA-256 over a list of fields. Each field is written as its name, '=', the number of
     * UTF-8 bytes of its value, ':', the value, and a line feed; the lengths keep two different questions from being
     * written alike. Fields come in the order of `of`. Numbers with a fraction are written with Double.toHexString, which
     * does not depend on the JDK. What is absent is written as no field at all. `docs/result-format.md` tells users; a
     * change of anything here is a change of the version in the first field.
     */
    private final MessageDigest digest = DigestUtils.getSha256Digest();

    static String of(
            ModelInfo model,
            String task,
            Map<String, String> definition,
            TaskInput input,
            GenerationRequest generation,
            ConfidenceCalibration calibration) {
        ResultId id = begun(model, task, definition, input);
        for (Round round : input.history()) {
            id.field("round.task", round.task());
            id.field("round.prompt", round.prompt().strip());
            id.box(round.box());
            id.headers("round.header.", round.headers());
            id.field("round.answer", round.answer());
        }
        id.settings(input.settings());
        if (input.settings().isConstrained() && !generation.grammar().equals(AnswerGrammar.free())) {
            id.field("grammar", generation.grammar().id());
        }
        if (input.settings().hasRefinedBoxes()) {
            id.field("boxes", "refined");
        }
        if (!calibration.isEmpty()) {
            id.field("calibration", DigestUtils.sha256Hex(calibration.toJson()));
        }
        generation.turns().forEach(id::turn);
        return id.text();
    }

    /**
     * Of a task in several steps.
     *
     * @param steps the ids of its steps' results, in the order they were asked for
     */
    static String ofSteps(
            ModelInfo model, String task, Map<String, String> definition, TaskInput input, List<String> steps) {
        ResultId id = begun(model, task, definition, input);
        id.settings(input.settings());
        steps.forEach(step -> id.field("step", step));
        return id.text();
    }

    private static ResultId begun(ModelInfo model, String task, Map<String, String> definition, TaskInput input) {
        ResultId id = new ResultId();
        id.field("version", "sextant-result-v1");
        id.field("model.fingerprint", model.fingerprint());
        id.field("model.precision", model.precision());
        id.image(input.image());
        id.field("task", task);
        new TreeMap<>(definition).forEach((key, value) -> id.field("definition." + key, value));
        id.field("prompt", input.prompt().strip());
        id.box(input.box());
        id.headers("header.", input.headers());
        return id;
    }

    private String text() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void image(@Nullable RgbImage image) {
        if (image == null) {
            return;
        }
        field("image.digest", image.digest());
        field("image.width", image.width());
        field("image.height", image.height());
        field("image.orientation", image.orientation());
    }

    private void headers(String prefix, Map<String, String> headers) {
        new TreeMap<>(headers).forEach((header, value) -> {
            if (!value.isBlank()) {
                field(prefix + header, value.strip());
            }
        });
    }

    private void box(@Nullable PixelBox box) {
        if (box == null) {
            return;
        }
        field("box.xMin", box.xMin());
        field("box.yMin", box.yMin());
        field("box.xMax", box.xMax());
        field("box.yMax", box.yMax());
    }

    private void settings(GenerationSettings settings) {
        Decoding decoding = settings.decoding();
        if (decoding instanceof Decoding.Greedy) {
            field("decoding", "greedy");
        } else if (decoding instanceof Decoding.Sampling sampling) {
            field("decoding", "sampling");
            field("temperature", sampling.temperature());
            field("topK", sampling.topK());
            field("topP", sampling.topP());
            field("seed", sampling.seed());
        } else if (decoding instanceof Decoding.Beams beams) {
            field("decoding", "beams");
            field("count", beams.count());
            field("lengthPenalty", beams.lengthPenalty());
        } else {
            throw new IllegalStateException("Unknown decoding " + decoding);
        }
        field("maxNewTokens", settings.maxNewTokens());
        field("repetitionPenalty", settings.repetitionPenalty());
        field("conversationForm", settings.conversationForm().name());
    }

    private void turn(Turn turn) {
        turn.question().forEach(this::segment);
        String answer = turn.answer();
        if (answer != null) {
            field("turn.answer", answer);
        }
    }

    private void segment(PromptSegment segment) {
        if (segment instanceof PromptSegment.Literal literal) {
            field("segment.literal", literal.text());
        } else if (segment instanceof PromptSegment.TaskIdentifier identifier) {
            field("segment.identifier", identifier.name());
        } else if (segment instanceof PromptSegment.UserText text) {
            field("segment.user", text.text());
        } else if (segment instanceof PromptSegment.Box box) {
            BinBox bins = box.box();
            field("segment.box", bins.toText());
        } else if (segment instanceof PromptSegment.Image) {
            field("segment.image", "");
        } else {
            throw new IllegalStateException("Unknown prompt segment " + segment.getClass());
        }
    }

    private void field(String name, long value) {
        field(name, Long.toString(value));
    }

    private void field(String name, double value) {
        field(name, Double.toHexString(value));
    }

    private void field(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((name + '=' + bytes.length + ':').getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        digest.update((byte) '\n');
    }
}
