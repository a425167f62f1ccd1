package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.grounding.GroundingTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class GroundingTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new GroundingTaskFactory();
    }
}
