package io.sextant.tasks.declared;

import io.sextant.core.error.NearestNames;
import io.sextant.tasks.spi.InputNeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys that declare a task, wherever they are written, and the task they make. */
public final class DeclaredKeys {
    static final String IDENTIFIER = "identifier";
    static final String TEMPLATE = "template";
    static final String SHAPE = "shape";
    static final String ANSWERS = "answers";
    static final String DEFAULT_PROMPT = "default-prompt";
    static final String HEADERS = "headers";
    static final String IMAGE = "image";
    static final String SUMMARY = "summary";

    /**
     * Those of a task of one question; {@code answers} and {@code headers} may be a list in one value, separated by commas, or have an
     * index, {@code answers[0]}.
     */
    public static final Set<String> NAMES =
            Set.of(IDENTIFIER, TEMPLATE, SHAPE, ANSWERS, DEFAULT_PROMPT, HEADERS, IMAGE, SUMMARY);

    private static final Set<String> LISTS = Set.of(ANSWERS, HEADERS);
    private static final Pattern INDEX = Pattern.compile("\\[\\d{1,4}]$");

    private DeclaredKeys() {}

    /** Whether these keys declare a task, and are not the settings of one there is. */
    public static boolean areDeclaration(Set<String> keys) {
        return keys.contains(TEMPLATE) || keys.contains(IDENTIFIER) || StepKeys.areSteps(keys);
    }

    /**
     * The task that these values declare.
     *
     * @param name the task's name
     * @param values by key
     * @param faults is told everything that is wrong
     * @return null if anything is wrong
     */
    public static @Nullable TaskDeclaration read(
            String name, Map<String, String> values, Consumer<DeclarationFault> faults) {
        DeclaredValues read = new DeclaredValues(values);
        Optional<? extends TaskDeclaration> task =
                StepKeys.areSteps(values.keySet()) ? StepKeys.read(name, values, read) : question(name, values, read);
        read.wrong().forEach(faults);
        return task.orElse(null);
    }

    private static Optional<DeclaredTask> question(String name, Map<String, String> values, DeclaredValues read) {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!NAMES.contains(key) && !LISTS.contains(INDEX.matcher(key).replaceAll(""))) {
                read.wrong(
                        key,
                        "There is no such key; did you mean " + String.join(" or ", NearestNames.of(key, NAMES)) + "?");
            }
        }
        List<String> answers = read.list(ANSWERS);
        OutputShape usual = answers.isEmpty() ? OutputShape.TEXT : OutputShape.ANSWER;
        OutputShape shape = read.choice(SHAPE, usual, OutputShape.values(), OutputShape::name);
        InputNeed image = read.choice(IMAGE, InputNeed.REQUIRED, InputNeed.values(), InputNeed::name);
        String identifier = read.text(IDENTIFIER);
        String template = read.text(TEMPLATE, "");
        String defaultPrompt = read.text(DEFAULT_PROMPT);
        List<HeaderInput> headers = read.headers();
        if (read.wrong().isEmpty()) {
            read.wrong()
                    .addAll(DeclarationCheck.faults(
                            identifier, template, shape, answers, new InputTemplates(defaultPrompt, headers), image));
        }
        return read.wrong().isEmpty()
                ? Optional.of(new DeclaredTask(
                        name,
                        identifier,
                        template,
                        shape,
                        answers,
                        defaultPrompt,
                        image,
                        read.text(SUMMARY, ""),
                        headers))
                : Optional.empty();
    }
}
