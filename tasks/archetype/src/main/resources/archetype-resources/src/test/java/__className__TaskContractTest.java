package ${package};

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.VisionTaskContractTest;

class ${className}TaskContractTest extends VisionTaskContractTest {
    @Override
    protected TaskFactory factory() {
        return new ${className}TaskFactory();
    }
}
