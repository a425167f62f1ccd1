package io.sextant.tasks.declared;

import io.sextant.tasks.spi.Step;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the steps of one request found so far, and the questions that follow from it. Belongs to one call. */
final class StepFindings {
    private final TaskRequest request;
    private final InputTemplates inputs;
    private final Map<String, Found> byStep = new LinkedHashMap<>();

    StepFindings(TaskRequest request, InputTemplates inputs) {
        this.request = request;
        this.inputs = inputs;
    }

    /**
     * A question of a step.
     *
     * @param place where it is asked; null for the whole image
     */
    record Question(DeclaredStep of, @Nullable StepPlace place, Step step) {}

    /**
     * An answer.
     *
     * @param place where it was asked; null for the whole image
     */
    record Answered(@Nullable StepPlace place, StepAnswer answer) {}

    /**
     * What a step found.
     *
     * @param leftOut places where it was not asked, because they were too many
     */
    record Found(DeclaredStep step, List<Answered> answers, int leftOut) {
        Found {
            answers = List.copyOf(answers);
        }
    }

    /** None where there is no place to ask at, or nothing to ask: words of earlier steps that found nothing. */
    List<Question> questions(DeclaredStep step) {
        List<Question> questions = new ArrayList<>();
        for (@Nullable StepPlace place : places(step)) {
            String words = fill(step.prompt(), step.at(), place);
            if (words.isEmpty() && !step.prompt().isBlank()) {
                continue;
            }
            Step question = question(step, words, place);
            for (Map.Entry<String, String> header : new TreeMap<>(step.headers()).entrySet()) {
                question = question.with(header.getKey(), fill(header.getValue(), step.at(), place));
            }
            questions.add(new Question(step, place, question));
        }
        return questions;
    }

    private static Step question(DeclaredStep step, String words, @Nullable StepPlace place) {
        Step question = Step.of(step.ask(), words);
        if (place == null) {
            return question;
        }
        return step.look() == DeclaredStep.Look.BOX
                ? question.about(place.box().pixels())
                : question.lookingAt(place.box().pixels(), step.margin());
    }

    /** The surest, in the order in which they were found. */
    private List<@Nullable StepPlace> places(DeclaredStep step) {
        List<@Nullable StepPlace> places = new ArrayList<>();
        if (step.at() == null) {
            places.add(null);
        } else if (step.isAtGivenBox()) {
            places.add(StepPlace.given(request));
        } else {
            List<StepPlace> all = allPlaces(step);
            List<StepPlace> surest = new ArrayList<>(all);
            surest.sort(Comparator.comparingDouble(place -> -place.box().confidence()));
            List<StepPlace> most = surest.subList(0, Math.min(surest.size(), step.most()));
            all.stream().filter(most::contains).limit(step.most()).forEach(places::add);
        }
        return places;
    }

    private List<StepPlace> allPlaces(DeclaredStep step) {
        return found(Objects.requireNonNull(step.at())).answers().stream()
                .flatMap(answered -> StepPlace.of(answered.answer().result()).stream())
                .toList();
    }

    /** Keeps the answers to the questions that {@link #questions} gave for a step. */
    void add(DeclaredStep step, List<Answered> answers) {
        int leftOut = step.at() == null || step.isAtGivenBox()
                ? 0
                : Math.max(0, allPlaces(step).size() - step.most());
        byStep.put(step.name(), new Found(step, answers, leftOut));
    }

    Found found(String step) {
        return Objects.requireNonNull(byStep.get(step), step);
    }

    /** A template with what the request says and the steps found in it. */
    String fill(String template, @Nullable String at, @Nullable StepPlace place) {
        Predicate<String> isInput = inputs.placeholders()::contains;
        return Template.parse(template, placeholders())
                .fill(
                        words -> words,
                        placeholder -> isInput.test(placeholder)
                                ? inputs.text(placeholder, request)
                                : said(placeholder.substring(1, placeholder.length() - 1), at, place))
                .stream()
                .collect(Collectors.joining())
                .strip();
    }

    private Set<String> placeholders() {
        Set<String> placeholders = new HashSet<>(inputs.placeholders());
        byStep.values().forEach(found -> placeholders.add(found.step().placeholder()));
        return placeholders;
    }

    /** Of a step that is asked at the same places, what it found at this one; of the step that found them, what is here. */
    private String said(String step, @Nullable String at, @Nullable StepPlace place) {
        if (place != null && step.equals(at)) {
            return place.words();
        }
        Found found = found(step);
        boolean isAtSame = place != null && Objects.equals(found.step().at(), at);
        return found.answers().stream()
                .filter(answered -> !isAtSame || Objects.equals(place, answered.place()))
                .map(answered -> said(answered.answer()))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** What an answer says in words, without tags and boxes. */
    static String said(StepAnswer answer) {
        TaskResult result = answer.result();
        if (result instanceof TaskResult.Phrases phrases) {
            return phrases.text().strip();
        }
        if (result instanceof TaskResult.Boxes) {
            return "";
        }
        return TaskExample.said(result, answer.text()).strip();
    }
}
