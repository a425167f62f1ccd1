package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.refer.ReferTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class ReferTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new ReferTaskFactory();
    }
}
