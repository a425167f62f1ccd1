package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.detection.DetectionTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class DetectionTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new DetectionTaskFactory();
    }
}
