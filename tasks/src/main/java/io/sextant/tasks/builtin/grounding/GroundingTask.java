package io.sextant.tasks.builtin.grounding;

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

/** {@code [grounding] describe this image in detail} */
final class GroundingTask implements VisionTask {
    private final GroundingSettings settings;

    GroundingTask(GroundingSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(GroundingTaskFactory.NAME)
                .fullName("grounded captioning")
                .summary("Describes the image and says where each phrase is.")
                .prompt(InputNeed.OPTIONAL)
                .examplePrompt("describe this image in detail")
                .result(ResultSchema.phrases())
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        return List.of(PromptSegment.taskIdentifier("grounding"), request.wordsOr(settings.defaultPrompt()));
    }

    @Override
    public AnswerGrammar grammar(TaskRequest request) {
        return AnswerGrammar.groundedText();
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return AnswerReader.phrases(answer, request);
    }
}
