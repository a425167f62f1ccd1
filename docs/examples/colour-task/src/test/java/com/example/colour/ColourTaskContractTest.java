package com.example.colour;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class ColourTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new ColourTaskFactory();
    }
}
