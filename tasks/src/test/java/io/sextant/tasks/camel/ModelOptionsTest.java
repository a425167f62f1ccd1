package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.model.ComputeType;
import io.sextant.core.model.Int8Copy;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelOptionsTest {
    private static final Path FOLDER = Path.of("model");

    @Test
    void areTheCoresOwnUnlessSet() {
        assertThat(new SextantModel().options().in(FOLDER)).isEqualTo(ModelSettings.of(FOLDER));
    }

    @Test
    void reachTheCore() {
        SextantModel model = new SextantModel();
        model.setPrecision("int4");
        model.setWeightCache("kept");
        model.setWeightCacheSize("5G");
        model.setInt8Copy("OFF");
        model.setComputeType("float32");
        model.setThreads(3);
        model.setTrial("off");

        assertThat(model.options().in(FOLDER))
                .isEqualTo(ModelSettings.builder(FOLDER)
                        .precision(Precision.INT4)
                        .weightCache(Optional.of(Path.of("kept")))
                        .weightCacheBytes(5L << 30)
                        .int8Copy(Int8Copy.OFF)
                        .computeType(ComputeType.FLOAT32)
                        .threads(3)
                        .trial(false)
                        .build());
        model.setWeightCache("off");
        assertThat(model.options().in(FOLDER).weightCache()).isEmpty();
    }
}
