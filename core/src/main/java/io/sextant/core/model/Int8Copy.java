package io.sextant.core.model;

/**
 * Whether int4 weights are kept as int8 too: prompts need not unpack them then, and are as fast as in int8. Single tokens read the int4
 * weights still. Both have the same numbers, so that answers do not depend on it.
 */
public enum Int8Copy {
    /** Where there is memory for it when the model is loaded, with room for the rest. */
    AUTO,
    /** Always. */
    ON,
    /** Never: the least memory. */
    OFF
}
