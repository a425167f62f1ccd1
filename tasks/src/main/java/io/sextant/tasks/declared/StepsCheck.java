package io.sextant.tasks.declared;

import io.sextant.tasks.spi.StepBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the steps of a declared task fit each other and its budget. */
final class StepsCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> TAKEN = Set.of("prompt", DeclaredStep.GIVEN);

    private final List<DeclarationFault> faults = new ArrayList<>();
    private final Set<String> allowed;
    private final Set<String> named = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private StepsCheck(InputTemplates inputs) {
        this.allowed = new HashSet<>(inputs.placeholders());
    }

    /** What is wrong, in the order of the steps; empty if all fits. */
    static List<DeclarationFault> faults(
            List<DeclaredStep> steps, String text, @Nullable String result, InputTemplates inputs, StepBudget budget) {
        StepsCheck check = new StepsCheck(inputs);
        if (steps.isEmpty()) {
            check.add(StepKeys.STEPS, "There is none; write a list of them, each with \"ask\".");
        }
        for (int i = 0; i < steps.size(); i++) {
            check.step(i, steps.get(i));
        }
        check.template(StepKeys.TEXT, text);
        if (result != null && !check.names.contains(result)) {
            check.add(StepKeys.RESULT, "\"" + result + "\" is no step; the steps are " + names(steps) + ".");
        }
        if (inputs.defaultPrompt() != null && !check.named.contains(Template.PROMPT)) {
            check.add(DeclaredKeys.DEFAULT_PROMPT, "No step has {prompt} for it; add one of them or drop both.");
        }
        check.faults.addAll(DeclarationCheck.unused(inputs.headers(), check.named));
        check.budget(steps, budget);
        return check.faults;
    }

    private static List<String> names(List<DeclaredStep> steps) {
        return steps.stream().map(DeclaredStep::name).toList();
    }

    private void step(int i, DeclaredStep step) {
        if (step.ask().isEmpty()) {
            add(StepKeys.key(i, StepKeys.ASK), "It is missing; name the task that this step asks.");
            return;
        }
        template(StepKeys.key(i, StepKeys.PROMPT), step.prompt());
        new TreeMap<>(step.headers())
                .forEach((header, template) -> header(StepKeys.key(i, StepKeys.HEADERS) + header, header, template));
        if (step.at() != null && !step.isAtGivenBox() && !names.contains(step.at())) {
            add(
                    StepKeys.key(i, StepKeys.AT),
                    "\"" + step.at() + "\" is no earlier step; write one of "
                            + names.stream().sorted().toList() + ", or \"" + DeclaredStep.GIVEN
                            + "\" for the request's own box.");
        }
        String key = StepKeys.key(i, StepKeys.NAME);
        if (!NAME.matcher(step.name()).matches() || TAKEN.contains(step.name())) {
            add(
                    key,
                    "\"" + step.name() + "\" cannot be used; write lower-case letters and digits, parts joined by '-',"
                            + " and neither of " + TAKEN.stream().sorted().toList() + ".");
        } else if (!names.add(step.name())) {
            add(key, "\"" + step.name() + "\" is an earlier step's name; give each its own.");
        }
        allowed.add(step.placeholder());
    }

    private void header(String key, String name, String template) {
        try {
            HeaderInput.requireName(name);
        } catch (IllegalArgumentException e) {
            add(key, e.getMessage());
        }
        template(key, template);
    }

    private void template(String key, String template) {
        try {
            named.addAll(Template.parse(template, allowed).placeholders());
        } catch (IllegalArgumentException e) {
            add(key, e.getMessage());
        }
    }

    private void budget(List<DeclaredStep> steps, StepBudget budget) {
        StepBudget needed = DeclaredSteps.needed(steps);
        if (budget.steps() < needed.steps()) {
            add(
                    StepKeys.BUDGET_STEPS,
                    budget.steps() + " is less than the " + needed.steps()
                            + " questions that the steps may come to; raise it, or lower their \"most\".");
        }
        if (budget.parts() < needed.parts()) {
            add(
                    StepKeys.BUDGET_PARTS,
                    budget.parts() + " is less than the " + needed.parts()
                            + " parts of the image that the steps may look at; raise it, or lower their \"most\".");
        }
    }

    private void add(String key, @Nullable String message) {
        faults.add(new DeclarationFault(key, String.valueOf(message)));
    }
}
