package io.sextant.tasks;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A plugin as another jar would bring it: repeats the answer louder. Words it knows make it misbehave. */
public final class ShoutTaskFactory implements TaskFactory {
    @Override
    public String name() {
        return "shout";
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        settings.requireOnly(Set.of("mark"));
        return new ShoutTask(settings.get("mark", "!"));
    }

    private record ShoutTask(String mark) implements VisionTask {
        @Override
        public TaskDescriptor descriptor() {
            return TaskDescriptor.builder("shout")
                    .fullName("shouting")
                    .summary("Answers louder.")
                    .prompt(InputNeed.REQUIRED)
                    .image(InputNeed.UNUSED)
                    .examplePrompt("hello")
                    .build();
        }

        @Override
        public List<PromptSegment> prompt(TaskRequest request) {
            if (request.prompt().equals("fail to ask")) {
                throw new IllegalStateException("no voice");
            }
            return List.of(PromptSegment.userText(request.prompt()));
        }

        @Override
        public TaskResult parse(TaskAnswer answer, TaskRequest request) {
            if (request.prompt().equals("fail to read")) {
                throw new IllegalStateException("no ears");
            }
            return new TaskResult.Text(answer.text().toUpperCase(Locale.ROOT) + mark);
        }
    }
}
