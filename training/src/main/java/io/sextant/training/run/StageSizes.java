package io.sextant.training.run;

import io.sextant.training.stage.Stage;

/**
 * How large the model is in a stage.
 *
 * @param encoderBlocks how many of the encoder's blocks there are, the first ones; 0 for all
 * @param decoderLayers how many of the decoder's layers there are, the first ones; 0 for all
 * @param imageSize side of the encoder's square in pixels; 0 for the model's own
 */
record StageSizes(int encoderBlocks, int decoderLayers, int imageSize) {
    static StageSizes of(Stage stage) {
        return new StageSizes(stage.encoderBlocks(), stage.decoderLayers(), stage.imageSize());
    }
}
