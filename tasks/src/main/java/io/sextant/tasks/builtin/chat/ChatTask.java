package io.sextant.tasks.builtin.chat;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;
import java.util.Set;

/** The user's words alone, without a task identifier. */
final class ChatTask implements VisionTask {
    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(ChatTaskFactory.NAME)
                .fullName("free conversation")
                .summary("Talks about the image, or about nothing in particular without one.")
                .prompt(InputNeed.REQUIRED)
                .image(InputNeed.OPTIONAL)
                .examplePrompt("what could happen next?")
                .result(ResultSchema.text())
                .build();
    }

    @Override
    public Set<String> taskIdentifiers() {
        return Set.of();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        return List.of(PromptSegment.userText(request.prompt()));
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return new TaskResult.Text(answer.text());
    }
}
