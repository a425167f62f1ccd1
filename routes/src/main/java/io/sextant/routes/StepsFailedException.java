package io.sextant.routes;

import io.sextant.connectors.letter.Rejection.FailedStep;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.sextant.routes.config.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Some steps failed for an image, through its fault or Sextant's; the results of the others are published. */
final class StepsFailedException extends SextantException {
    private static final long serialVersionUID = 1L;

    private final transient List<FailedStep> failedSteps;
    private final transient List<String> publishedSteps;

    StepsFailedException(String imageName, Map<StepSettings, RuntimeException> failures, List<String> publishedSteps) {
        super(category(failures), message(imageName, failures, publishedSteps), first(failures));
        List<FailedStep> failed = new ArrayList<>();
        failures.forEach((step, failure) -> failed.add(new FailedStep(
                step.name(),
                step.task(),
                Failures.category(failure),
                Failures.message(failure),
                Failures.stackHash(failure))));
        this.failedSteps = List.copyOf(failed);
        this.publishedSteps = List.copyOf(publishedSteps);
    }

    List<FailedStep> failedSteps() {
        return failedSteps;
    }

    List<String> publishedSteps() {
        return publishedSteps;
    }

    private static ErrorCategory category(Map<StepSettings, RuntimeException> failures) {
        boolean hasDefect =
                failures.values().stream().anyMatch(failure -> Failures.category(failure) == ErrorCategory.DEFECT);
        return hasDefect ? ErrorCategory.DEFECT : ErrorCategory.INVALID_INPUT;
    }

    private static String message(
            String imageName, Map<StepSettings, RuntimeException> failures, List<String> publishedSteps) {
        StringBuilder message = new StringBuilder("Image \"" + imageName + "\" failed in "
                + failures.keySet().stream()
                        .map(step -> "step \"" + step.name() + "\"")
                        .toList());
        message.append(publishedSteps.isEmpty() ? "" : "; results of " + publishedSteps + " are published");
        failures.forEach((step, failure) ->
                message.append(". Step \"" + step.name() + "\": ").append(Failures.message(failure)));
        return message.toString();
    }

    private static RuntimeException first(Map<StepSettings, RuntimeException> failures) {
        return failures.values().iterator().next();
    }
}
