package io.sextant.core.internal.quantization;

import io.sextant.core.internal.device.DeviceProgram;

/**
 * A form of an opened weight with which products are faster and their results the same to the last bit, so that it does not matter when
 * it is made.
 *
 * @param weight its name
 * @param method of {@code linear.py}, which makes it
 * @param bytes it takes
 */
public record FasterForm(String weight, String method, long bytes) {
    /** Makes it; the program is computing nothing else. */
    void make(DeviceProgram program) {
        program.execute(method, weight);
    }
}
