package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.each.ReadEachTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class ReadEachTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new ReadEachTaskFactory();
    }
}
