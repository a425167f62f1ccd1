package io.sextant.training.device;

/**
 * Pictures and what their patches show. N = pictures, P = patches.
 *
 * @param pictures N
 * @param pixels (N, 3, H, W), normalised
 * @param classes (N, P): 0 for a patch without an object, else 1 + index of its noun
 * @param edges (N, P, 4): left, upper, right and lower edge of its object as shares of the picture's sides
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into tensors
public record PatchBatch(int pictures, float[] pixels, long[] classes, float[] edges) {}
