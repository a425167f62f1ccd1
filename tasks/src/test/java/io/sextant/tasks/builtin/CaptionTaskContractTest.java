package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.caption.CaptionTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class CaptionTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new CaptionTaskFactory();
    }
}
