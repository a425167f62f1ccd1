package io.sextant.core.model;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.weights.folder.DecoderFolder;
import io.sextant.core.internal.weights.folder.ModelDescription;
import io.sextant.core.internal.weights.folder.ModelFolderLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether a model finds memory beside all that the process holds already.
 *
 * @param neededBytes its weights, int8 copies of them only where those are not left to be chosen, and its cache of keys and values, of each replica
 * @param availableBytes what the process may still take; of the one graphics processor where that computes; empty where it is not known, as for several
 */
public record ModelMemory(long neededBytes, OptionalLong availableBytes) {
    /** What is made while weights are read, and what others take meanwhile. */
    private static final double MARGIN = 1.15;

    /**
     * Looks at a model's sizes, not at its weights.
     *
     * @throws io.sextant.core.error.ModelFilesException if the folder holds no model, or its description cannot be read
     * @throws io.sextant.core.error.ConfigurationException if the device is not there
     * @throws io.sextant.core.error.ResourceExhaustedException if the weights do not fit this machine at all
     */
    public static ModelMemory of(ModelSettings settings) {
        ModelDescription description = ModelFolderLayout.describe(settings.folder());
        ModelDimensions dimensions = description.dimensions(
                DecoderFolder.open(description.decoderFolder()).dimensions());
        List<ComputeDevice> devices = ComputeDevice.listOf("sextant.model.device", settings.device());
        boolean isHost = devices.stream().allMatch(ComputeDevice.CPU::equals);
        // What a device has free may grow yet: an earlier model can go first.
        Precision precision = MemoryBudget.choose(
                settings.precision(),
                dimensions,
                devices,
                ComputeChoice.known(settings, dimensions, devices).type(),
                device -> OptionalLong.empty());
        long positionBytes = MemoryNeed.contextBytes(dimensions, precision)
                / dimensions.decoder().contextLength();
        long copy = settings.int8Copy() == Int8Copy.ON ? MemoryNeed.int8CopyBytes(dimensions, precision) : 0;
        long each =
                MemoryNeed.weightBytes(dimensions, precision) + copy + ModelLoader.cacheBytes(settings, positionBytes);
        if (isHost) {
            return new ModelMemory(each * devices.size(), new AvailableMemory(Path.of("/")).bytes());
        }
        boolean isOne = devices.size() == 1;
        return new ModelMemory(each * devices.size(), isOne ? devices.get(0).freeBytes() : OptionalLong.empty());
    }

    /**
     * The same where others will still take memory.
     *
     * @param bytes that they will take, for instance {@link io.sextant.core.ModelStatistics#pendingBytes}
     */
    public ModelMemory without(long bytes) {
        return new ModelMemory(
                neededBytes,
                availableBytes.isPresent()
                        ? OptionalLong.of(Math.max(0, availableBytes.getAsLong() - bytes))
                        : availableBytes);
    }

    /** Whether it is known that there is room; some more than is needed is asked for. */
    public boolean isEnough() {
        return availableBytes.isPresent() && neededBytes * MARGIN <= availableBytes.getAsLong();
    }
}
