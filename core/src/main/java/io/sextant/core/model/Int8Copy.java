package io.sextant.core.model;

/**
 * Whether int4 weights are kept as int8 too: prompts and several answers at once need not unpack them then, and are nearly as fast as in
 * int8. The tokens of one answer read the int4 weights still. Both have the same numbers, so that answers do not depend on it.
 */
public enum Int8Copy {
    /** Where there is memory for it when the model is loaded, with room for the rest. */
    AUTO,
    /** Always. */
    ON,
    /** Never: the least memory. */
    OFF
}
