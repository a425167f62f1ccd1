package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.identify.IdentifyTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class IdentifyTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new IdentifyTaskFactory();
    }
}
