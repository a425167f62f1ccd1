package com.example.inventory;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class InventoryTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new InventoryTaskFactory();
    }
}
