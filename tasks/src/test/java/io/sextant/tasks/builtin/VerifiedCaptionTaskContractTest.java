package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.verified.VerifiedCaptionTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class VerifiedCaptionTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new VerifiedCaptionTaskFactory();
    }
}
