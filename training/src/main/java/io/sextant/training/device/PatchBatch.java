package io.sextant.training.device;

/**
 * Images and what their patches show. N = images, P = patches.
 *
 * @param images N
 * @param shown the images
 * @param classes (N, P): 0 for a patch without an object, else 1 + index of its noun
 * @param edges (N, P, 4): left, upper, right and lower edge of its object as shares of the image's sides
 * @param weights (N, P): how much a patch counts in the loss
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into tensors
public record PatchBatch(int images, Images shown, long[] classes, float[] edges, float[] weights) {}
