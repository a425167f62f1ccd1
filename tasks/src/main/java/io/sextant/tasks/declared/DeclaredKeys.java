package io.sextant.tasks.declared;

import io.sextant.core.error.NearestNames;
import io.sextant.tasks.spi.InputNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that declare a task, wherever they are written, and the task they make. */
public final class DeclaredKeys {
    static final String IDENTIFIER = "identifier";
    static final String TEMPLATE = "template";
    static final String SHAPE = "shape";
    static final String ANSWERS = "answers";
    static final String DEFAULT_PROMPT = "default-prompt";
    static final String IMAGE = "image";
    static final String SUMMARY = "summary";

    /** All of them; {@code answers} may be a list in one value, separated by commas, or have an index, {@code answers[0]}. */
    public static final Set<String> NAMES =
            Set.of(IDENTIFIER, TEMPLATE, SHAPE, ANSWERS, DEFAULT_PROMPT, IMAGE, SUMMARY);

    private static final Pattern INDEXED = Pattern.compile(ANSWERS + "\\[(\\d{1,4})]");

    private DeclaredKeys() {}

    /** Whether these keys declare a task, and are not the settings of one there is. */
    public static boolean areDeclaration(Set<String> keys) {
        return keys.contains(TEMPLATE) || keys.contains(IDENTIFIER);
    }

    /**
     * The task that these values declare.
     *
     * @param name the task's name
     * @param values by key
     * @param faults is told everything that is wrong
     * @return null if anything is wrong
     */
    public static @Nullable DeclaredTask read(
            String name, Map<String, String> values, Consumer<DeclarationFault> faults) {
        List<DeclarationFault> wrong = new ArrayList<>();
        for (String key : new TreeSet<>(values.keySet())) {
            if (!NAMES.contains(key) && !INDEXED.matcher(key).matches()) {
                wrong.add(new DeclarationFault(
                        key,
                        "There is no such key; did you mean " + String.join(" or ", NearestNames.of(key, NAMES))
                                + "?"));
            }
        }
        List<String> answers = answers(values);
        OutputShape usual = answers.isEmpty() ? OutputShape.TEXT : OutputShape.ANSWER;
        OutputShape shape = choice(SHAPE, values, usual, OutputShape.values(), OutputShape::name, wrong);
        InputNeed image = choice(IMAGE, values, InputNeed.REQUIRED, InputNeed.values(), InputNeed::name, wrong);
        String identifier = values.get(IDENTIFIER);
        String template = values.getOrDefault(TEMPLATE, "");
        String defaultPrompt = values.get(DEFAULT_PROMPT);
        if (wrong.isEmpty()) {
            wrong.addAll(DeclarationCheck.faults(identifier, template, shape, answers, defaultPrompt, image));
        }
        wrong.forEach(faults);
        return wrong.isEmpty()
                ? new DeclaredTask(
                        name,
                        identifier,
                        template,
                        shape,
                        answers,
                        defaultPrompt,
                        image,
                        values.getOrDefault(SUMMARY, ""))
                : null;
    }

    /** {@code answers=yes,no}, or {@code answers[0]=yes} for answers with commas in them. */
    private static List<String> answers(Map<String, String> values) {
        Map<Integer, String> indexed = new TreeMap<>();
        values.forEach((key, value) -> {
            Matcher matcher = INDEXED.matcher(key);
            if (matcher.matches()) {
                indexed.put(Integer.parseInt(matcher.group(1)), value.strip());
            }
        });
        Stream<String> listed =
                values.containsKey(ANSWERS) ? Stream.of(values.get(ANSWERS).split(",")) : Stream.empty();
        return Stream.concat(listed.map(String::strip), indexed.values().stream())
                .toList();
    }

    private static <T> T choice(
            String key,
            Map<String, String> values,
            T usual,
            T[] choices,
            Function<T, String> name,
            List<DeclarationFault> wrong) {
        String text = values.get(key);
        if (text == null) {
            return usual;
        }
        List<String> allowed = new ArrayList<>();
        for (T choice : choices) {
            String written = name.apply(choice).toLowerCase(Locale.ROOT);
            if (written.equalsIgnoreCase(text.strip())) {
                return choice;
            }
            allowed.add(written);
        }
        wrong.add(new DeclarationFault(key, "\"" + text + "\" must be one of " + allowed + "."));
        return usual;
    }
}
