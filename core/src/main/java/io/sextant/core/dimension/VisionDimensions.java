package io.sextant.core.dimension;

/**
 * Sizes of the image encoder and of what the projector makes of its output.
 *
 * @param imageSize side of the square image in pixels, a multiple of {@code patchSize}; 1..16384
 * @param patchSize side of a patch in pixels; 1..1024
 * @param width numbers per patch, a multiple of {@code heads}; 1..65536
 * @param heads attention heads; 1..1024
 * @param blocks transformer blocks that are used, which may be fewer than the file holds; 1..1024
 * @param mlpHidden width inside a block's MLP; 1..1048576
 * @param layerNormEps of the norms inside the blocks; more than 0
 * @param lnVisionEps of the norm after the last block; more than 0
 * @param patchesPerVisualToken neighbouring patches that become one visual token, a divisor of their number; 1..1024
 */
public record VisionDimensions(
        int imageSize,
        int patchSize,
        int width,
        int heads,
        int blocks,
        int mlpHidden,
        double layerNormEps,
        double lnVisionEps,
        int patchesPerVisualToken) {
    public VisionDimensions {
        Range.check("image_size", imageSize, 1, 16384);
        Range.check("patch_size", patchSize, 1, 1024);
        Range.check("vision.width", width, 1, 65536);
        Range.check("vision.heads", heads, 1, 1024);
        Range.check("vision.blocks_used", blocks, 1, 1024);
        Range.check("vision.mlp_hidden", mlpHidden, 1, 1 << 20);
        Range.check("patches_per_visual_token", patchesPerVisualToken, 1, 1024);
        Range.checkPositive("vision.layer_norm_eps", layerNormEps);
        Range.checkPositive("ln_vision_eps", lnVisionEps);
        Range.checkDivisible("image_size", imageSize, "patch_size", patchSize);
        Range.checkDivisible("vision.width", width, "vision.heads", heads);
        int side = imageSize / patchSize;
        Range.checkDivisible(
                "the number of patches", (long) side * side, "patches_per_visual_token", patchesPerVisualToken);
    }

    /** EVA ViT-g/14 at 448 pixels as MiniGPT-v2 uses it: 39 of the 40 blocks in the released file. */
    public static VisionDimensions published() {
        return new VisionDimensions(448, 14, 1408, 16, 39, 6144, 1e-6, 1e-5, 4);
    }

    /** The same sizes with another number of blocks. */
    public VisionDimensions withBlocks(int number) {
        return new VisionDimensions(
                imageSize,
                patchSize,
                width,
                heads,
                number,
                mlpHidden,
                layerNormEps,
                lnVisionEps,
                patchesPerVisualToken);
    }

    /**
     * The same sizes for another square of pixels.
     *
     * @param side a multiple of the patch size
     */
    public VisionDimensions withImageSize(int side) {
        return new VisionDimensions(
                side, patchSize, width, heads, blocks, mlpHidden, layerNormEps, lnVisionEps, patchesPerVisualToken);
    }

    /** Patches along one side. */
    public int grid() {
        return imageSize / patchSize;
    }

    /** Patches of an image, without the class token. */
    public int patches() {
        return grid() * grid();
    }

    /** Positions an image takes in the decoder's context. */
    public int visualTokens() {
        return patches() / patchesPerVisualToken;
    }

    /** Width of one attention head. */
    public int headDim() {
        return width / heads;
    }

    /** Width of one group of patches, which is what the projector reads. */
    public int projectorInput() {
        return width * patchesPerVisualToken;
    }
}
