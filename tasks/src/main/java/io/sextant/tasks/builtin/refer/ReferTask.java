package io.sextant.tasks.builtin.refer;

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
import java.util.List;

/** {@code [refer] give me the location of …} */
final class ReferTask implements VisionTask {
    // Template of the reference's evaluation (coco_caption.py:78-95). A question such as "where is the apple?" is asked
    // as
    // it stands: put behind these words it would be one the model never saw in training.
    private static final String LOCATION = "give me the location of ";

    private final ReferSettings settings;

    ReferTask(ReferSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(ReferTaskFactory.NAME)
                .fullName("referring expression comprehension")
                .summary("Finds the one thing an expression refers to.")
                .prompt(InputNeed.REQUIRED)
                .examplePrompt("the red car")
                .result(ResultSchema.boxes())
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        PromptSegment identifier = PromptSegment.taskIdentifier("refer");
        PromptSegment expression = PromptSegment.userText(request.prompt());
        boolean isQuestion = request.prompt().endsWith("?");
        if (isQuestion || settings.template() == ReferSettings.Template.BARE) {
            return List.of(identifier, expression);
        }
        return List.of(identifier, PromptSegment.literal(LOCATION), expression);
    }

    @Override
    public AnswerGrammar grammar(TaskRequest request) {
        return AnswerGrammar.box();
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return AnswerReader.boxes(answer, request);
    }
}
