package io.sextant.tasks.declared;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;
import java.util.List;

class DeclaredAnswersContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new DeclaredFactory(
                DeclaredTask.of("declared", "what is it?").withAnswers(List.of("Dark red", "none", "N/A", "3")));
    }
}
