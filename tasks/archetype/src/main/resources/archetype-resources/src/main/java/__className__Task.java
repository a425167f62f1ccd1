package ${package};

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;

/** Asks whether a thing is in the image, and lets the model answer with the words of the settings alone. */
final class ${className}Task implements VisionTask {
    private static final String QUESTION =
            "Based on the image, respond to this question with a short answer: is there ";

    private final ${className}Settings settings;

    ${className}Task(${className}Settings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(${className}TaskFactory.NAME)
                .fullName("presence of a thing")
                .summary("Says whether a thing is there.")
                .prompt(InputNeed.REQUIRED)
                .examplePrompt("an apple")
                .result(ResultSchema.answer(settings.answers()).or(ResultSchema.malformed()))
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        return List.of(
                PromptSegment.taskIdentifier("vqa"),
                PromptSegment.literal(QUESTION),
                PromptSegment.userText(request.prompt()), // can never become a control word
                PromptSegment.literal("?"));
    }

    @Override
    public AnswerGrammar grammar(TaskRequest request) {
        return AnswerGrammar.oneOf(settings.answers());
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        String text = answer.text();
        return settings.answers().contains(text)
                ? new TaskResult.Answer(text, answer.confidence(0, text.length()), answer.choices())
                : new TaskResult.Malformed(text);
    }
}
