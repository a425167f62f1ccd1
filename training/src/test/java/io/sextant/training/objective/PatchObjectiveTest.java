package io.sextant.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.run.RunModel;
import io.sextant.training.run.TinyRuns;
import io.sextant.training.stage.Stage;
import io.sextant.training.stage.StageFile;
import io.sextant.training.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchObjectiveTest {
    @TempDir
    private Path directory;

    @Test
    void measuresAsManyScenesAsAreAskedForWhateverTheBatch() throws IOException {
        World world = TinyRuns.world();
        RunModel model = TinyRuns.model(directory);
        try (TrainableModel program =
                TrainableModel.create(model.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU)) {
            model.parts().giveTo(program, Set.of());
            assertThat(measured(world, model, program, 4, 3)).isEqualTo(measured(world, model, program, 3, 3));
            assertThat(measured(world, model, program, 2, 3)).isNotEqualTo(measured(world, model, program, 2, 2));
        }
    }

    private Map<String, Double> measured(World world, RunModel model, TrainableModel program, int batch, int scenes)
            throws IOException {
        Path file = Files.writeString(directory.resolve("stage.json"), """
                {"name": "s", "objective": "patches", "trains": ["encoder"], "seed": 1, "steps": 1, "batch": %d,
                 "rate": {"peak": 1e-4}, "adamw": {}, "scenes": {}, "measure": {"everySteps": 1, "scenes": %d}}
                """.formatted(batch, scenes));
        Stage stage = StageFile.read(file.toString());
        return new PatchObjective(world, stage, model.dimensions().vision()).measure(program);
    }
}
