package io.sextant.tasks.builtin;

import io.sextant.tasks.builtin.chat.ChatTaskFactory;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class ChatTaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new ChatTaskFactory();
    }
}
