package io.sextant.tasks.declared;

import io.sextant.core.error.ConfigurationException;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task of one question made of configuration alone.
 *
 * @param name as in {@code sextant:<name>}, or a version of it, {@code <name>@2}
 * @param identifier the task identifier without brackets, for instance {@code vqa}, or null for none
 * @param template what follows the identifier; {@code {prompt}} stands for the user's words, {@code {box}} for the box and {@code
 *     {header.NAME}} for a header, each at most once. A task whose template names them needs them
 * @param shape what the answer is read as
 * @param answers the only answers there are, matched whatever their case and punctuation; empty leaves the answer open.
 *     Only with {@link OutputShape#ANSWER}
 * @param defaultPrompt taken where the user gives no words, or null if the user must. Only with {@code {prompt}}
 * @param imageNeed whether an image must come along
 * @param summary one sentence for lists and help, may be empty
 * @param headers that the template names
 */
public record DeclaredTask(
        String name,
        @Nullable String identifier,
        String template,
        OutputShape shape,
        List<String> answers,
        @Nullable String defaultPrompt,
        InputNeed imageNeed,
        String summary,
        List<HeaderInput> headers)
        implements TaskDeclaration {
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
        headers = List.copyOf(headers);
        List<DeclarationFault> faults = DeclarationCheck.faults(
                identifier, template, shape, answers, new InputTemplates(defaultPrompt, headers), imageNeed);
        if (!faults.isEmpty()) {
            throw new ConfigurationException("The declared task \"" + name + "\", " + faults.get(0));
        }
    }

    /** A task without identifier that needs an image and answers in free text. */
    public static DeclaredTask of(String name, String template) {
        return new DeclaredTask(
                name, null, template, OutputShape.TEXT, List.of(), null, InputNeed.REQUIRED, "", List.of());
    }

    /** The same task with a task identifier. */
    public DeclaredTask withIdentifier(String value) {
        return new DeclaredTask(name, value, template, shape, answers, defaultPrompt, imageNeed, summary, headers);
    }

    /** The same task with another shape of its answer. */
    public DeclaredTask withShape(OutputShape value) {
        return new DeclaredTask(name, identifier, template, value, answers, defaultPrompt, imageNeed, summary, headers);
    }

    /** The same task with a closed set of answers. */
    public DeclaredTask withAnswers(List<String> values) {
        return new DeclaredTask(
                name, identifier, template, OutputShape.ANSWER, values, defaultPrompt, imageNeed, summary, headers);
    }

    /** The same task with words to take where the user gives none. */
    public DeclaredTask withDefaultPrompt(String value) {
        return new DeclaredTask(name, identifier, template, shape, answers, value, imageNeed, summary, headers);
    }

    /** The same task with a sentence for lists and help. */
    public DeclaredTask withSummary(String value) {
        return new DeclaredTask(name, identifier, template, shape, answers, defaultPrompt, imageNeed, value, headers);
    }

    /** The same task with another need of an image. */
    public DeclaredTask withImageNeed(InputNeed value) {
        return new DeclaredTask(name, identifier, template, shape, answers, defaultPrompt, value, summary, headers);
    }

    /** The same task with another template, and the headers that it names. */
    public DeclaredTask withTemplate(String value, List<HeaderInput> named) {
        return new DeclaredTask(name, identifier, value, shape, answers, defaultPrompt, imageNeed, summary, named);
    }

    @Override
    public VisionTask toTask() {
        return new DeclaredVisionTask(this);
    }

    @Override
    public Map<String, String> definition() {
        Map<String, String> values = new TreeMap<>();
        values.put(DeclaredKeys.TEMPLATE, template);
        values.put(DeclaredKeys.SHAPE, shape.name());
        if (identifier != null) {
            values.put(DeclaredKeys.IDENTIFIER, identifier);
        }
        if (defaultPrompt != null) {
            values.put(DeclaredKeys.DEFAULT_PROMPT, defaultPrompt);
        }
        for (int i = 0; i < headers.size(); i++) {
            values.put(DeclaredKeys.HEADERS + "[" + i + "]", headers.get(i).text());
        }
        for (int i = 0; i < answers.size(); i++) {
            values.put(DeclaredKeys.ANSWERS + "[" + i + "]", answers.get(i));
        }
        return Map.copyOf(values);
    }
}
