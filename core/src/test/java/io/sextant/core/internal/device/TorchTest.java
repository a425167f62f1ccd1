package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import io.sextant.core.error.ConfigurationException;
import org.junit.jupiter.api.Test;

final class TorchTest {
    @Test
    void waitsForWhatWasBegunEarlier() {
        Torch.prepareEarly();
        Torch.prepareEarly();
        assertThat(Torch.hasCuda()).isFalse();
    }

    @Test
    void saysWhereTheEnginesLibrariesAreLookedFor() {
        EngineException djl = new EngineException(
                "Failed to extract PyTorch native library",
                new java.io.FileNotFoundException(
                        "Resource not found in classpath: pytorch/cpu/linux-x86_64/libc10.so"));
        ConfigurationException told = Torch.notLoaded(djl);
        assertThat(told)
                .hasCause(djl)
                .hasMessageContainingAll(
                        "libtorch",
                        "libc10.so",
                        "the folder lib of a distribution",
                        "PYTORCH_LIBRARY_PATH",
                        "DJL_CACHE_DIR");
    }
}
