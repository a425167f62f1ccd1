package io.sextant.tasks.declared;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class DeclaredNumberContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new DeclaredFactory(DeclaredTask.of("declared", "what is it?").withShape(OutputShape.NUMBER));
    }
}
