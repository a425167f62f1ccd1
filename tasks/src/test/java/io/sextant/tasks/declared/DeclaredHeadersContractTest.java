package io.sextant.tasks.declared;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;
import java.util.List;

class DeclaredHeadersContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new DeclaredFactory(DeclaredTask.of("declared", "is it there?")
                .withTemplate(
                        "is the {header.size} {header.colour} {prompt} there?",
                        List.of(new HeaderInput("colour", null), new HeaderInput("size", "large"))));
    }
}
