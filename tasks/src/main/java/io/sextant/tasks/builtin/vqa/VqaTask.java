package io.sextant.tasks.builtin.vqa;

import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;

/** {@code [vqa] Based on the image, respond to this question with a short answer: …} */
final class VqaTask implements VisionTask {
    // Training and evaluation template of the reference (gqa_datasets.py:36-39, vqa_datasets.py:25-148).
    private static final String SHORT_ANSWER = "Based on the image, respond to this question with a short answer: ";

    private final VqaSettings settings;

    VqaTask(VqaSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(VqaTaskFactory.NAME)
                .fullName("visual question answering")
                .summary("Answers a question about the image in a few words.")
                .prompt(InputNeed.REQUIRED)
                .examplePrompt("what is in the picture?")
                .result(ResultSchema.answer())
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        PromptSegment identifier = PromptSegment.taskIdentifier("vqa");
        PromptSegment question = PromptSegment.userText(request.prompt());
        return switch (settings.template()) {
            case PLAIN -> List.of(identifier, question);
            case SHORT_ANSWER -> List.of(identifier, PromptSegment.literal(SHORT_ANSWER), question);
        };
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return new TaskResult.Answer(
                answer.text(),
                answer.confidence(AnswerPart.ANSWER, 0, answer.text().length()));
    }
}
