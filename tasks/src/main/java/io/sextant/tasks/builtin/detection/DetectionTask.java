package io.sextant.tasks.builtin.detection;

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

/** {@code [detection] …}: nouns, or a sentence whose things are to be found. */
final class DetectionTask implements VisionTask {
    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(DetectionTaskFactory.NAME)
                .fullName("object parsing and grounding")
                .summary("Finds every thing that the given nouns or a whole sentence name.")
                .prompt(InputNeed.REQUIRED)
                .examplePrompt("cups and plates")
                .result(ResultSchema.phrases())
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        return List.of(PromptSegment.taskIdentifier("detection"), PromptSegment.userText(request.prompt()));
    }

    @Override
    public AnswerGrammar grammar(TaskRequest request) {
        return AnswerGrammar.phrases(1, AnswerGrammar.UNLIMITED);
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return AnswerReader.phrases(answer, request);
    }
}
