package io.sextant.tasks.declared;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.VisionTask;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task made of configuration alone.
 *
 * @param name as in {@code sextant:<name>}
 * @param identifier the task identifier without brackets, for instance {@code vqa}, or null for none
 * @param template what follows the identifier; {@code {prompt}} stands for the user's words and {@code {box}} for the box,
 *     each at most once. A task whose template names them needs them
 * @param shape what the answer is read as
 * @param answers the only answers there are, matched whatever their case and punctuation; empty leaves the answer open.
 *     Only with {@link OutputShape#ANSWER}
 * @param defaultPrompt taken where the user gives no words, or null if the user must. Only with {@code {prompt}}
 * @param imageNeed whether an image must come along
 * @param summary one sentence for lists and help, may be empty
 */
public record DeclaredTask(
        String name,
        @Nullable String identifier,
        String template,
        OutputShape shape,
        List<String> answers,
        @Nullable String defaultPrompt,
        InputNeed imageNeed,
        String summary) {
    /**
     * @throws ConfigurationException naming the task and what is wrong with it
     */
    public DeclaredTask {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(imageNeed, "imageNeed");
        Objects.requireNonNull(summary, "summary");
        answers = List.copyOf(answers);
        Template parsed = Template.parse(name, template);
        if (identifier != null && !identifier.matches("[A-Za-z0-9_-]{1,64}")) {
            throw refused(
                    name,
                    "has the identifier \"" + identifier
                            + "\"; write 1 to 64 letters, digits, '-' or '_', without brackets.");
        }
        if (!answers.isEmpty() && shape != OutputShape.ANSWER) {
            throw refused(name, "lists its answers, but has the shape " + shape + "; lists go with ANSWER only.");
        }
        Set<String> plainForms = new HashSet<>();
        for (String answer : answers) {
            String plain = AnswerSet.plain(answer);
            if (plain.isEmpty() || !plainForms.add(plain)) {
                throw refused(
                        name,
                        "has the answer \"" + answer + "\", which is "
                                + (plain.isEmpty() ? "blank" : "there already but for case and punctuation")
                                + "; drop it.");
            }
        }
        if (!answers.isEmpty()) {
            requireWritable(name, new AnswerSet(answers));
        }
        if (defaultPrompt != null && !parsed.hasPrompt()) {
            throw refused(
                    name, "has a default prompt, but its template has no {prompt}; add one of them or drop both.");
        }
        if (parsed.isBlank() && identifier == null) {
            throw refused(name, "has neither an identifier nor a template; without either it asks nothing.");
        }
        boolean placesBoxes = shape == OutputShape.PHRASES || shape == OutputShape.BOXES || parsed.hasBox();
        if (placesBoxes && imageNeed != InputNeed.REQUIRED) {
            throw refused(name, "deals in boxes, so its image must be REQUIRED, not " + imageNeed + ".");
        }
    }

    /** A task without identifier that needs an image and answers in free text. */
    public static DeclaredTask of(String name, String template) {
        return new DeclaredTask(name, null, template, OutputShape.TEXT, List.of(), null, InputNeed.REQUIRED, "");
    }

    /** The same task with a task identifier. */
    public DeclaredTask withIdentifier(String value) {
        return new DeclaredTask(name, value, template, shape, answers, defaultPrompt, imageNeed, summary);
    }

    /** The same task with another shape of its answer. */
    public DeclaredTask withShape(OutputShape value) {
        return new DeclaredTask(name, identifier, template, value, answers, defaultPrompt, imageNeed, summary);
    }

    /** The same task with a closed set of answers. */
    public DeclaredTask withAnswers(List<String> values) {
        return new DeclaredTask(
                name, identifier, template, OutputShape.ANSWER, values, defaultPrompt, imageNeed, summary);
    }

    /** The same task with words to take where the user gives none. */
    public DeclaredTask withDefaultPrompt(String value) {
        return new DeclaredTask(name, identifier, template, shape, answers, value, imageNeed, summary);
    }

    /** The task at work. */
    public VisionTask toTask() {
        return new DeclaredVisionTask(this);
    }

    /** All that is declared, as text by key: part of the id of the task's results. */
    public Map<String, String> definition() {
        Map<String, String> values = new TreeMap<>();
        values.put("template", template);
        values.put("shape", shape.name());
        if (identifier != null) {
            values.put("identifier", identifier);
        }
        if (defaultPrompt != null) {
            values.put("default-prompt", defaultPrompt);
        }
        for (int i = 0; i < answers.size(); i++) {
            values.put("answers[" + i + "]", answers.get(i));
        }
        return Map.copyOf(values);
    }

    private static void requireWritable(String name, AnswerSet answers) {
        try {
            AnswerGrammar.oneOf(answers.spellings());
        } catch (IllegalArgumentException e) {
            throw refused(name, "lists answers the model cannot be held to: " + e.getMessage());
        }
    }

    private static ConfigurationException refused(String name, String what) {
        return new ConfigurationException("The declared task \"" + name + "\" " + what);
    }
}
