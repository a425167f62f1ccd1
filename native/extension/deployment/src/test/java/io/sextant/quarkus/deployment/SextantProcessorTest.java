package io.sextant.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.tasks.TaskRegistries;
import org.junit.jupiter.api.Test;

final class SextantProcessorTest {
    /** Whatever tasks are on the class path, those of plugins too, a native executable has all. */
    @Test
    void registersTheFactoryOfEveryTask() {
        assertThat(new SextantProcessor().tasks().providers())
                .hasSameSizeAs(TaskRegistries.discover().tasks())
                .allMatch(name -> name.startsWith("io.sextant.tasks.builtin."));
    }
}
