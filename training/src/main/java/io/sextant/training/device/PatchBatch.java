package io.sextant.training.device;

/**
 * Pictures and what their patches show. N = pictures, P = patches.
 *
 * @param pictures N
 * @param shown the pictures
 * @param classes (N, P): 0 for a patch without an object, else 1 + index of its noun
 * @param edges (N, P, 4): left, upper, right and lower edge of its object as shares of the picture's sides
 * @param weights (N, P): how much a patch counts in the loss
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into tensors
public record PatchBatch(int pictures, Pictures shown, long[] classes, float[] edges, float[] weights) {}
