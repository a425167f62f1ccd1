package io.sextant.tasks.declared;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.AnswerReader;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A declared task at work. Immutable. */
final class DeclaredVisionTask implements VisionTask {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,15}(\\.\\d{1,15})?");

    private static final int MOST_DECIMALS = 15;

    private final DeclaredTask declared;
    private final InputTemplates inputs;
    private final Template template;
    private final AnswerSet answers;
    private final AnswerGrammar grammar;
    private final TaskDescriptor descriptor;

    DeclaredVisionTask(DeclaredTask declared) {
        this.declared = declared;
        this.inputs = new InputTemplates(declared.defaultPrompt(), declared.headers());
        this.template = Template.parse(declared.template(), DeclarationCheck.placeholders(inputs));
        this.answers = new AnswerSet(declared.answers());
        this.grammar = grammar(declared, answers);
        this.descriptor = inputs.describe(TaskDescriptor.builder(declared.name()), template.has(Template.PROMPT))
                .summary(declared.summary().isEmpty() ? "A declared task." : declared.summary())
                .box(template.has(Template.BOX) ? InputNeed.REQUIRED : InputNeed.UNUSED)
                .image(declared.imageNeed())
                .result(result(declared))
                .build();
    }

    /** What {@link #parse} reads in full. Phrases and boxes come with words or without: it depends on what the model was taught. */
    private static AnswerGrammar grammar(DeclaredTask declared, AnswerSet answers) {
        return switch (declared.shape()) {
            case TEXT -> AnswerGrammar.free();
            case ANSWER -> answers.isOpen() ? AnswerGrammar.free() : AnswerGrammar.oneOf(answers.spellings());
            case PHRASES -> AnswerGrammar.groundedText();
            case BOXES ->
                AnswerGrammar.either(
                        AnswerGrammar.boxes(1, AnswerGrammar.UNLIMITED),
                        AnswerGrammar.phrases(1, AnswerGrammar.UNLIMITED));
            case NUMBER ->
                new AnswerGrammar.Number(-AnswerGrammar.Number.LARGEST, AnswerGrammar.Number.LARGEST, MOST_DECIMALS);
        };
    }

    private static ResultSchema result(DeclaredTask declared) {
        return switch (declared.shape()) {
            case TEXT -> ResultSchema.text();
            case ANSWER ->
                declared.answers().isEmpty()
                        ? ResultSchema.answer()
                        : ResultSchema.answer(declared.answers()).or(ResultSchema.malformed());
            case PHRASES -> ResultSchema.phrases();
            case BOXES -> ResultSchema.boxes();
            case NUMBER -> ResultSchema.number().or(ResultSchema.malformed());
        };
    }

    @Override
    public TaskDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Set<String> taskIdentifiers() {
        String identifier = declared.identifier();
        return identifier == null ? Set.of() : Set.of(identifier);
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        List<PromptSegment> segments = new ArrayList<>();
        String identifier = declared.identifier();
        if (identifier != null) {
            segments.add(PromptSegment.taskIdentifier(identifier));
        }
        segments.addAll(template.fill(PromptSegment::literal, placeholder -> segment(placeholder, request)));
        return segments;
    }

    private PromptSegment segment(String placeholder, TaskRequest request) {
        PixelBox box = request.box();
        return placeholder.equals(Template.BOX)
                ? PromptSegment.box(BinBox.ofPixels(
                        Objects.requireNonNull(box, "box"), request.imageWidth(), request.imageHeight()))
                : inputs.segment(placeholder, request);
    }

    @Override
    public AnswerGrammar grammar(TaskRequest request) {
        return grammar;
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return switch (declared.shape()) {
            case TEXT -> new TaskResult.Text(answer.text());
            case ANSWER -> answer(answer);
            case PHRASES -> AnswerReader.phrases(answer, request);
            case BOXES -> AnswerReader.boxes(answer, request);
            case NUMBER -> number(answer);
        };
    }

    private TaskResult answer(TaskAnswer answer) {
        double confidence =
                answer.confidence(AnswerPart.ANSWER, 0, answer.text().length());
        if (answers.isOpen()) {
            return new TaskResult.Answer(answer.text(), confidence);
        }
        return answers.match(answer.text())
                .<TaskResult>map(text -> new TaskResult.Answer(text, confidence, answers.joined(answer.choices())))
                .orElseGet(() -> new TaskResult.Malformed(answer.text()));
    }

    private static TaskResult number(TaskAnswer answer) {
        Matcher matcher = NUMBER.matcher(answer.text());
        if (!matcher.find()) {
            return new TaskResult.Malformed(answer.text());
        }
        return new TaskResult.Number(
                Double.parseDouble(matcher.group()),
                answer.confidence(AnswerPart.ANSWER, matcher.start(), matcher.end()));
    }
}
