package io.sextant.tasks.declared;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;
import java.util.List;

class DeclaredStepsContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        List<DeclaredStep> steps = List.of(
                DeclaredStep.of("things", "detection", "{prompt}"),
                DeclaredStep.of("colour", "vqa", "is the {things} {header.colour}?")
                        .at("things"),
                DeclaredStep.of("why", "vqa", "why is the {things} {colour}?").at("things"),
                DeclaredStep.of("all", "caption", ""),
                DeclaredStep.of("check", "detection", "{all}"));
        return new DeclaredFactory(new DeclaredSteps(
                "declared",
                steps,
                "",
                null,
                null,
                List.of(new HeaderInput("colour", null)),
                DeclaredSteps.needed(steps),
                "Asks on and on."));
    }
}
