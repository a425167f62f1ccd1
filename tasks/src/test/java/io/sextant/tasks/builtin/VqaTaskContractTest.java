package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.vqa.VqaTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class VqaTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new VqaTaskFactory();
    }
}
