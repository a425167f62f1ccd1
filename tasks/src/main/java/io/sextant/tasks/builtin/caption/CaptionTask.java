package io.sextant.tasks.builtin.caption;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;

/** {@code [caption] briefly describe this image} */
final class CaptionTask implements VisionTask {
    private final CaptionSettings settings;

    CaptionTask(CaptionSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(CaptionTaskFactory.NAME)
                .fullName("image captioning")
                .summary("Describes the image in a sentence.")
                .prompt(InputNeed.OPTIONAL)
                .examplePrompt("briefly describe this image")
                .result(ResultSchema.caption())
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        return List.of(PromptSegment.taskIdentifier("caption"), request.wordsOr(settings.defaultPrompt()));
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return new TaskResult.Caption(answer.text());
    }
}
