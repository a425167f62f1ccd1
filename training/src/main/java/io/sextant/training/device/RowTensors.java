package io.sextant.training.device;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.training.sequence.TokenBatch;
import java.util.Arrays;

/**
 * A batch of rows as the program's arguments. N = images, B = rows, T = positions.
 *
 * @param all images, ids, positions, segments, labels, weights, names (B, T)
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle to close, never compared
record RowTensors(BatchTensor[] all) implements AutoCloseable {

    static RowTensors of(TrainingProgram program, TokenBatch batch, Images images, VisionDimensions vision) {
        int rows = batch.rows();
        int length = batch.length();
        return new RowTensors(new BatchTensor[] {
            images.on(program, vision.imageSize()),
            program.tensor(batch.ids(), rows, length),
            program.tensor(batch.positions(), rows, length),
            program.tensor(batch.segments(), rows, length),
            program.tensor(batch.labels(), rows, length),
            program.tensor(batch.weights(), rows, length),
            program.tensor(batch.names(), rows, length)
        });
    }

    /** These and one more. */
    BatchTensor[] with(BatchTensor last) {
        BatchTensor[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = last;
        return more;
    }

    @Override
    public void close() {
        for (BatchTensor tensor : all) {
            tensor.close();
        }
    }
}
