package io.sextant.tasks.declared;

import io.sextant.core.error.NearestNames;
import io.sextant.tasks.declared.DeclaredStep.Look;
import io.sextant.tasks.spi.StepBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys that declare a task in several steps. */
final class StepKeys {
    static final String STEPS = "steps";
    static final String BUDGET = "budget";
    static final String NAME = "name";
    static final String ASK = "ask";
    static final String PROMPT = "prompt";
    static final String AT = "at";
    static final String LOOK = "look";
    static final String MARGIN = "margin";
    static final String MOST = "most";
    /** What stands before the name of a header that a step sends. */
    static final String HEADERS = DeclaredKeys.HEADERS + ".";

    static final String TEXT = "text";
    static final String RESULT = "result";
    static final String BUDGET_STEPS = BUDGET + ".steps";
    static final String BUDGET_PARTS = BUDGET + ".parts";
    static final String BUDGET_TOKENS = BUDGET + ".tokens";
    static final String BUDGET_TIME = BUDGET + ".time";

    private static final double MOST_MARGIN = 10;
    private static final Pattern OF_STEP = Pattern.compile("steps\\[(\\d{1,4})]\\.(.+)");
    private static final Set<String> OF_STEPS = Set.of(NAME, ASK, PROMPT, AT, LOOK, MARGIN, MOST);
    private static final Set<String> OWN = Set.of(
            TEXT,
            RESULT,
            DeclaredKeys.DEFAULT_PROMPT,
            DeclaredKeys.HEADERS,
            DeclaredKeys.SUMMARY,
            BUDGET_STEPS,
            BUDGET_PARTS,
            BUDGET_TOKENS,
            BUDGET_TIME);
    private static final Pattern HEADER = Pattern.compile("headers\\[\\d{1,4}]");

    private StepKeys() {}

    static String key(int step, String key) {
        return STEPS + "[" + step + "]." + key;
    }

    static boolean areSteps(Set<String> keys) {
        return keys.contains(STEPS) || keys.stream().anyMatch(key -> key.startsWith(STEPS + "["));
    }

    /** The task in several steps; empty if anything is wrong, which the values then tell. */
    static Optional<DeclaredSteps> read(String name, Map<String, String> values, DeclaredValues read) {
        int count = 0;
        for (String key : new TreeSet<>(values.keySet())) {
            Matcher matcher = OF_STEP.matcher(key);
            if (matcher.matches()) {
                count = Math.max(count, Integer.parseInt(matcher.group(1)) + 1);
                if (!matcher.group(2).startsWith(HEADERS)) {
                    requireKnown(read, key, matcher.group(2), OF_STEPS);
                }
            } else if (!key.equals(STEPS) && !HEADER.matcher(key).matches()) {
                requireKnown(read, key, key, OWN);
            }
        }
        List<DeclaredStep> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(step(i, read));
        }
        StepBudget needed = DeclaredSteps.needed(steps);
        StepBudget budget = new StepBudget(
                read.number(BUDGET_STEPS, needed.steps(), 1),
                read.number(BUDGET_PARTS, needed.parts(), 0),
                read.number(BUDGET_TOKENS, needed.tokens(), 1),
                read.duration(BUDGET_TIME, needed.time()));
        String text = read.text(TEXT, "");
        String result = read.text(RESULT);
        InputTemplates inputs = new InputTemplates(read.text(DeclaredKeys.DEFAULT_PROMPT), read.headers());
        if (read.wrong().isEmpty()) {
            read.wrong().addAll(StepsCheck.faults(steps, text, result, inputs, budget));
        }
        return read.wrong().isEmpty()
                ? Optional.of(new DeclaredSteps(
                        name,
                        steps,
                        text,
                        result,
                        inputs.defaultPrompt(),
                        inputs.headers(),
                        budget,
                        read.text(DeclaredKeys.SUMMARY, "")))
                : Optional.empty();
    }

    private static DeclaredStep step(int i, DeclaredValues read) {
        String ask = read.text(key(i, ASK), "").strip();
        @Nullable String at = read.text(key(i, AT));
        return new DeclaredStep(
                read.text(key(i, NAME), TaskVersion.plain(ask)).strip(),
                ask,
                read.text(key(i, PROMPT), ""),
                at == null ? null : at.strip(),
                read.choice(key(i, LOOK), Look.PART, Look.values(), Look::name),
                read.fraction(key(i, MARGIN), DeclaredStep.USUAL_MARGIN, MOST_MARGIN),
                read.number(key(i, MOST), DeclaredStep.USUAL_MOST, 1),
                read.below(key(i, HEADERS)));
    }

    private static void requireKnown(DeclaredValues read, String key, String name, Set<String> known) {
        if (!known.contains(name)) {
            read.wrong(
                    key,
                    "There is no such key" + (known == OWN ? " of a task in several steps" : "") + "; did you mean "
                            + String.join(" or ", NearestNames.of(name, known)) + "?");
        }
    }
}
