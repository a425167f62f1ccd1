package io.sextant.tasks.declared;

import io.sextant.core.box.PixelBox;
import io.sextant.tasks.declared.StepFindings.Answered;
import io.sextant.tasks.declared.StepFindings.Found;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.NextMove;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts together what the steps of a declared task found. */
record StepsResult(DeclaredSteps declared, StepFindings findings) {
    /** Names the JSON Schema of the answers of all steps. */
    static final String SCHEMA = "sextant-steps-v1";

    private static final ResultSchema OF_ALL_STEPS =
            ResultSchema.customFrom(SCHEMA, StepsResult.class, "/META-INF/sextant/steps-v1.schema.json");
    private static final String NOTHING = "none";

    /** What results of these steps look like; of a step about the whole image, what the task it asks makes of it. */
    static ResultSchema schema(DeclaredSteps declared) {
        String result = declared.result();
        if (result == null) {
            return OF_ALL_STEPS;
        }
        boolean isAtPlaces =
                declared.steps().stream().anyMatch(step -> step.name().equals(result) && step.at() != null);
        return isAtPlaces ? ResultSchema.phrases() : ResultSchema.any();
    }

    NextMove finish() {
        String result = declared.result();
        Found told = findings.found(
                result == null
                        ? declared.steps().get(declared.steps().size() - 1).name()
                        : result);
        String text = declared.text().isBlank() ? lines(told) : findings.fill(declared.text(), null, null);
        return NextMove.finish(
                text.isEmpty() ? NOTHING : text,
                result == null ? new TaskResult.Custom(SCHEMA, object()) : result(told, text));
    }

    private static String lines(Found found) {
        return found.answers().stream().map(StepsResult::label).collect(Collectors.joining("\n"));
    }

    /** {@code cup: red}. */
    private static String label(Answered answered) {
        String said = StepFindings.said(answered.answer());
        return answered.place() == null || answered.place().words().isEmpty()
                ? said
                : answered.place().words() + ": " + said;
    }

    /** A step's own result; of one that was asked at several places, what it said at each. */
    private static TaskResult result(Found found, String text) {
        if (found.step().at() == null) {
            return found.answers().isEmpty()
                    ? new TaskResult.Text("")
                    : found.answers().get(0).answer().result();
        }
        List<LocatedPhrase> phrases = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        for (Answered answered : found.answers()) {
            LocatedBox box = Objects.requireNonNull(answered.place()).box();
            phrases.add(new LocatedPhrase(label(answered), List.of(box), confidence(answered.answer())));
            malformed.addAll(answered.answer().result().malformed());
        }
        return new TaskResult.Phrases(text, phrases, malformed);
    }

    private static double confidence(StepAnswer answer) {
        TaskResult result = answer.result();
        if (result instanceof TaskResult.Number number) {
            return number.confidence();
        }
        return result instanceof TaskResult.Answer answered ? answered.confidence() : 1;
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new HashMap<>();
        for (DeclaredStep step : declared.steps()) {
            object.put(step.name(), step.at() == null ? whole(step) : everywhere(step));
        }
        return object;
    }

    /** Boxes where others were asked are told by those. */
    private Map<String, Object> whole(DeclaredStep step) {
        Map<String, Object> object = new HashMap<>();
        Found found = findings.found(step.name());
        object.put(
                "text",
                found.answers().stream()
                        .map(answered -> StepFindings.said(answered.answer()))
                        .collect(Collectors.joining()));
        boolean isAskedAt =
                declared.steps().stream().anyMatch(other -> step.name().equals(other.at()));
        for (Answered answered : found.answers()) {
            putConfidence(object, "confidence", answered.answer());
            List<StepPlace> places = StepPlace.of(answered.answer().result());
            if (!places.isEmpty() && !isAskedAt) {
                object.put(
                        "boxes",
                        places.stream().map(place -> box(place, place.words())).toList());
            }
        }
        return object;
    }

    private Map<String, Object> everywhere(DeclaredStep step) {
        Found found = findings.found(step.name());
        List<Map<String, Object>> items = new ArrayList<>();
        for (Answered answered : found.answers()) {
            StepPlace place = Objects.requireNonNull(answered.place());
            Map<String, Object> item = box(place, label(answered));
            item.put("thing", place.words());
            item.put("answer", StepFindings.said(answered.answer()));
            putConfidence(item, "answerConfidence", answered.answer());
            items.add(item);
        }
        Map<String, Object> object = new HashMap<>();
        object.put("text", lines(found));
        object.put("items", items);
        object.put("leftOut", found.leftOut());
        return object;
    }

    private static void putConfidence(Map<String, Object> object, String key, StepAnswer answer) {
        TaskResult result = answer.result();
        if (result instanceof TaskResult.Answer || result instanceof TaskResult.Number) {
            object.put(key, rounded(confidence(answer), 1_000));
        }
    }

    private static Map<String, Object> box(StepPlace place, String label) {
        PixelBox pixels = place.box().pixels();
        Map<String, Object> box = new HashMap<>();
        box.put("label", label);
        box.put("confidence", rounded(place.box().confidence(), 1_000));
        box.put("xMin", rounded(pixels.xMin(), 100));
        box.put("yMin", rounded(pixels.yMin(), 100));
        box.put("xMax", rounded(pixels.xMax(), 100));
        box.put("yMax", rounded(pixels.yMax(), 100));
        return box;
    }

    /** As the result document rounds: confidences to a thousandth, pixels to a hundredth. */
    private static double rounded(double value, int parts) {
        return Math.round(value * parts) / (double) parts;
    }
}
