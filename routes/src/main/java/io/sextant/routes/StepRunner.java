package io.sextant.routes;

import io.sextant.core.GenerationSettings;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.image.RgbImage;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the steps of a pipeline about one image: all together, and one by one where together fails; or turn by turn. */
final class StepRunner {
    private static final Logger LOGGER = LoggerFactory.getLogger(StepRunner.class);

    private final TaskRunner tasks;
    private final GenerationSettings generation;

    StepRunner(TaskRunner tasks, GenerationSettings generation) {
        this.tasks = tasks;
        this.generation = generation;
    }

    /** The tasks there are. */
    TaskRegistry registry() {
        return tasks.registry();
    }

    /**
     * What the steps found.
     *
     * @throws RuntimeException if the model is short of something or not to be reached: then no step is at fault
     */
    Answers answer(RgbImage image, StepPlan plan) {
        return plan.isConversation() ? converse(image, plan.steps()) : together(image, plan.steps());
    }

    /** Each turn after the answers of those before it. A turn that fails ends the conversation: the rest lack its answer. */
    private Answers converse(RgbImage image, List<StepSettings> turns) {
        Map<StepSettings, TaskOutcome> outcomes = new LinkedHashMap<>();
        List<TaskInput.Round> history = new ArrayList<>();
        for (StepSettings turn : turns) {
            try {
                TaskOutcome outcome = tasks.run(turn.task(), input(image, turn, history));
                outcomes.put(turn, outcome);
                history.add(new TaskInput.Round(turn.task(), turn.prompt(), turn.box(), outcome.text()));
            } catch (RuntimeException e) {
                if (!isOneStepsFault(e)) {
                    throw e;
                }
                return new Answers(outcomes, Map.of(turn, e));
            }
        }
        return new Answers(outcomes, Map.of());
    }

    private Answers together(RgbImage image, List<StepSettings> steps) {
        Map<StepSettings, TaskOutcome> outcomes = new LinkedHashMap<>();
        try {
            List<TaskOutcome> all =
                    tasks.runAll(steps.stream().map(step -> call(image, step)).toList());
            for (int i = 0; i < steps.size(); i++) {
                outcomes.put(steps.get(i), all.get(i));
            }
            return new Answers(outcomes, Map.of());
        } catch (RuntimeException e) {
            if (!isOneStepsFault(e)) {
                throw e;
            }
            LOGGER.atDebug()
                    .addKeyValue("imageKey", image.name())
                    .addKeyValue("error", e)
                    .log("asking step by step");
            return oneByOne(image, steps);
        }
    }

    private Answers oneByOne(RgbImage image, List<StepSettings> steps) {
        Map<StepSettings, TaskOutcome> outcomes = new LinkedHashMap<>();
        Map<StepSettings, RuntimeException> failures = new LinkedHashMap<>();
        for (StepSettings step : steps) {
            try {
                TaskCall call = call(image, step);
                outcomes.put(step, tasks.run(call.task(), call.input()));
            } catch (RuntimeException e) {
                if (!isOneStepsFault(e)) {
                    throw e;
                }
                failures.put(step, e);
            }
        }
        return new Answers(outcomes, failures);
    }

    private static boolean isOneStepsFault(RuntimeException failure) {
        ErrorCategory category = Failures.category(failure);
        return category == ErrorCategory.INVALID_INPUT || category == ErrorCategory.DEFECT;
    }

    private TaskCall call(RgbImage image, StepSettings step) {
        return new TaskCall(step.task(), input(image, step, List.of()));
    }

    private TaskInput input(RgbImage image, StepSettings step, List<TaskInput.Round> history) {
        Integer maxNewTokens = step.maxNewTokens();
        GenerationSettings settings = maxNewTokens == null ? generation : generation.withMaxNewTokens(maxNewTokens);
        return new TaskInput(image, history, step.prompt(), step.box(), settings);
    }

    /**
     * What came of asking.
     *
     * @param outcomes of the steps that were answered, in their order
     * @param failures of the others
     */
    record Answers(Map<StepSettings, TaskOutcome> outcomes, Map<StepSettings, RuntimeException> failures) {}
}
