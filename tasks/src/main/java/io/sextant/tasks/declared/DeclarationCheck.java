package io.sextant.tasks.declared;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.tasks.spi.InputNeed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the parts of a declared task fit each other. */
final class DeclarationCheck {
    private final List<DeclarationFault> faults = new ArrayList<>();

    /** What is wrong, in the order of the parameters; empty if all fits. */
    static List<DeclarationFault> faults(
            @Nullable String identifier,
            String template,
            OutputShape shape,
            List<String> answers,
            InputTemplates inputs,
            InputNeed imageNeed) {
        DeclarationCheck check = new DeclarationCheck();
        check.require(
                identifier == null || identifier.matches("[A-Za-z0-9_-]{1,64}"),
                DeclaredKeys.IDENTIFIER,
                "\"" + identifier + "\" must be 1 to 64 letters, digits, '-' or '_', without brackets.");
        check.answers(answers, shape);
        Template parsed;
        try {
            parsed = Template.parse(template, placeholders(inputs));
        } catch (IllegalArgumentException e) {
            check.add(DeclaredKeys.TEMPLATE, e.getMessage());
            return check.faults;
        }
        check.require(
                !parsed.isBlank() || identifier != null,
                DeclaredKeys.TEMPLATE,
                "There is neither a template nor an identifier; without either the task asks nothing.");
        check.require(
                inputs.defaultPrompt() == null || parsed.has(Template.PROMPT),
                DeclaredKeys.DEFAULT_PROMPT,
                "The template has no {prompt} for it; add one of them or drop both.");
        check.faults.addAll(unused(inputs.headers(), parsed.placeholders()));
        boolean placesBoxes = shape == OutputShape.PHRASES || shape == OutputShape.BOXES || parsed.has(Template.BOX);
        check.require(
                !placesBoxes || imageNeed == InputNeed.REQUIRED,
                DeclaredKeys.IMAGE,
                "The task deals in boxes, so its image must be REQUIRED, not " + imageNeed + ".");
        return check.faults;
    }

    /** What a template may name. */
    static Set<String> placeholders(InputTemplates inputs) {
        Set<String> placeholders = new HashSet<>(inputs.placeholders());
        placeholders.add(Template.BOX);
        return placeholders;
    }

    /** Headers that no template names, and those that are there twice. */
    static List<DeclarationFault> unused(List<HeaderInput> headers, Set<String> named) {
        List<DeclarationFault> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (HeaderInput header : headers) {
            if (!names.add(header.name())) {
                faults.add(new DeclarationFault(
                        DeclaredKeys.HEADERS, "\"" + header.name() + "\" is there twice; drop one of them."));
            } else if (!named.contains(header.placeholder())) {
                faults.add(new DeclarationFault(
                        DeclaredKeys.HEADERS,
                        "\"" + header.name() + "\" is read by nothing; write " + header.placeholder()
                                + " where its value belongs, or drop it."));
            }
        }
        return faults;
    }

    private void answers(List<String> answers, OutputShape shape) {
        if (answers.isEmpty()) {
            return;
        }
        require(
                shape == OutputShape.ANSWER,
                DeclaredKeys.ANSWERS,
                "A list of them goes with the shape ANSWER only, not with " + shape + ".");
        Set<String> plainForms = new HashSet<>();
        for (String answer : answers) {
            String plain = AnswerSet.plain(answer);
            if (plain.isEmpty() || !plainForms.add(plain)) {
                add(
                        DeclaredKeys.ANSWERS,
                        "\"" + answer + "\" is "
                                + (plain.isEmpty() ? "blank" : "there already but for case and punctuation")
                                + "; drop it.");
                return;
            }
        }
        try {
            AnswerGrammar.oneOf(new AnswerSet(answers).spellings());
        } catch (IllegalArgumentException e) {
            add(DeclaredKeys.ANSWERS, "The model cannot be held to them: " + e.getMessage());
        }
    }

    private void require(boolean holds, String key, String message) {
        if (!holds) {
            add(key, message);
        }
    }

    private void add(String key, @Nullable String message) {
        faults.add(new DeclarationFault(key, String.valueOf(message)));
    }
}
