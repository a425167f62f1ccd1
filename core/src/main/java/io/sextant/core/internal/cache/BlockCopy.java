package io.sextant.core.internal.cache;

/**
 * What must be copied on the device before the next step, because two go on differently from one block.
 *
 * @param source block that is copied
 * @param target block that receives it
 */
public record BlockCopy(int source, int target) {}
