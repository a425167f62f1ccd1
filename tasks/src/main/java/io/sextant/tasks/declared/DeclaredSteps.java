package io.sextant.tasks.declared;

import io.sextant.core.error.ConfigurationException;
import io.sextant.tasks.spi.StepBudget;
import io.sextant.tasks.spi.VisionTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task in several steps made of configuration alone: asks other tasks about the same image, each box of one step by the next, and puts
 * what they find together.
 *
 * @param name as in {@code sextant:<name>}, or a version of it, {@code <name>@2}
 * @param steps in their order; each may name what earlier ones found. Steps that do not are asked together
 * @param text for people: a template that may name all that a step's may, and every step. Empty tells the last step's answers
 * @param result the step whose answers are the result, or null for the answers of all steps
 * @param defaultPrompt taken where the user gives no words, or null if the user must. Only with {@code {prompt}}
 * @param headers that templates name
 * @param budget what all steps together may take
 * @param summary one sentence for lists and help, may be empty
 */
public record DeclaredSteps(
        String name,
        List<DeclaredStep> steps,
        String text,
        @Nullable String result,
        @Nullable String defaultPrompt,
        List<HeaderInput> headers,
        StepBudget budget,
        String summary)
        implements TaskDeclaration {
    static final int USUAL_TOKENS = 4_000;
    static final Duration USUAL_TIME = Duration.ofMinutes(5);

    /**
     * @throws ConfigurationException naming the task and what is wrong with it
     */
    public DeclaredSteps {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(summary, "summary");
        steps = List.copyOf(steps);
        headers = List.copyOf(headers);
        List<DeclarationFault> faults =
                StepsCheck.faults(steps, text, result, new InputTemplates(defaultPrompt, headers), budget);
        if (!faults.isEmpty()) {
            throw new ConfigurationException("The declared task \"" + name + "\", " + faults.get(0));
        }
    }

    /** A task that needs as much as its steps may come to, and results in the answers of all of them. */
    public static DeclaredSteps of(String name, List<DeclaredStep> steps) {
        return new DeclaredSteps(name, steps, "", null, null, List.of(), needed(steps), "");
    }

    /** What steps may come to; 4,000 tokens and 5 minutes. */
    static StepBudget needed(List<DeclaredStep> steps) {
        return new StepBudget(
                Math.max(1, steps.stream().mapToInt(DeclaredStep::questions).sum()),
                steps.stream().mapToInt(DeclaredStep::parts).sum(),
                USUAL_TOKENS,
                USUAL_TIME);
    }

    @Override
    public VisionTask toTask() {
        return new DeclaredStepsTask(this);
    }

    @Override
    public Map<String, String> definition() {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            DeclaredStep step = steps.get(i);
            values.put(StepKeys.key(i, StepKeys.NAME), step.name());
            values.put(StepKeys.key(i, StepKeys.ASK), step.ask());
            String headersKey = StepKeys.key(i, StepKeys.HEADERS);
            values.put(StepKeys.key(i, StepKeys.PROMPT), step.prompt());
            step.headers().forEach((header, template) -> values.put(headersKey + header, template));
            if (step.at() != null) {
                values.put(StepKeys.key(i, StepKeys.AT), step.at());
                values.put(StepKeys.key(i, StepKeys.LOOK), step.look().name());
                values.put(StepKeys.key(i, StepKeys.MARGIN), Double.toString(step.margin()));
                values.put(StepKeys.key(i, StepKeys.MOST), Integer.toString(step.most()));
            }
        }
        for (int i = 0; i < headers.size(); i++) {
            values.put(DeclaredKeys.HEADERS + "[" + i + "]", headers.get(i).text());
        }
        values.put(StepKeys.TEXT, text);
        if (result != null) {
            values.put(StepKeys.RESULT, result);
        }
        if (defaultPrompt != null) {
            values.put(DeclaredKeys.DEFAULT_PROMPT, defaultPrompt);
        }
        values.put(StepKeys.BUDGET_TOKENS, Integer.toString(budget.tokens()));
        return Map.copyOf(values);
    }
}
