package io.sextant.routes;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.Question;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.routes.config.PipelineNames;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.VisionTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about one image: the pipeline's steps, unless its message says otherwise.
 *
 * @param steps at least one
 * @param isConversation whether each is asked after the answers of those before it
 */
record StepPlan(List<StepSettings> steps, boolean isConversation) {
    private static final int MOST_STEPS = 64;

    StepPlan {
        steps = List.copyOf(steps);
    }

    /**
     * @param headers of the message; of several with one name the last counts, and a step's own before all
     * @throws InvalidRequestException if the message asks what cannot be asked
     */
    static StepPlan of(PipelineSettings pipeline, Question question, List<MessageHeader> headers, TaskRegistry tasks) {
        StepPlan plan = of(pipeline, question, tasks);
        List<StepSettings> steps = plan.steps().stream()
                .map(step -> step.withHeaders(
                        read(headers, step, descriptor(step.task(), tasks).orElseThrow())))
                .toList();
        return new StepPlan(steps, plan.isConversation());
    }

    private static Map<String, String> read(List<MessageHeader> headers, StepSettings step, TaskDescriptor task) {
        Map<String, String> values = new HashMap<>();
        for (MessageHeader header : headers) {
            if (task.headers().containsKey(header.name())) {
                values.put(header.name(), header.text());
            }
        }
        values.putAll(step.headers());
        return values;
    }

    private static StepPlan of(PipelineSettings pipeline, Question question, TaskRegistry tasks) {
        if (!question.steps().isEmpty()) {
            return new StepPlan(steps(question.steps(), tasks), question.isConversation());
        }
        List<StepSettings> steps = pipeline.steps().stream()
                .map(step -> override(step, question, tasks))
                .toList();
        return new StepPlan(steps, pipeline.conversation());
    }

    private static List<StepSettings> steps(List<StepRequest> requests, TaskRegistry tasks) {
        if (requests.size() > MOST_STEPS) {
            throw new InvalidRequestException("The message asks " + requests.size() + " steps, more than " + MOST_STEPS
                    + "; send several messages.");
        }
        List<@Nullable String> names = new ArrayList<>();
        List<String> taskNames = new ArrayList<>();
        for (StepRequest request : requests) {
            if (descriptor(request.task(), tasks).isEmpty()) {
                throw new InvalidRequestException("The message asks the task \"" + request.task()
                        + "\", which there is not; known are "
                        + tasks.tasks().stream()
                                .map(task -> task.descriptor().name())
                                .sorted()
                                .toList()
                        + ".");
            }
            names.add(request.name());
            taskNames.add(request.task());
        }
        try {
            List<String> stepNames = PipelineNames.stepNames(names, taskNames);
            List<StepSettings> steps = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                StepRequest request = requests.get(i);
                steps.add(new StepSettings(
                        stepNames.get(i),
                        request.task(),
                        request.prompt(),
                        request.box(),
                        request.maxNewTokens(),
                        request.headers()));
            }
            return steps;
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("The message asks a step that cannot be: " + e.getMessage() + ".", e);
        }
    }

    private static StepSettings override(StepSettings step, Question question, TaskRegistry tasks) {
        TaskDescriptor task = descriptor(step.task(), tasks).orElseThrow();
        String prompt = question.prompt();
        PixelBox box = question.box();
        return new StepSettings(
                step.name(),
                step.task(),
                prompt != null && task.promptNeed() != InputNeed.UNUSED ? prompt : step.prompt(),
                box != null && task.boxNeed() != InputNeed.UNUSED ? box : step.box(),
                step.maxNewTokens());
    }

    private static Optional<TaskDescriptor> descriptor(String name, TaskRegistry tasks) {
        return tasks.find(name).map(VisionTask::descriptor);
    }
}
