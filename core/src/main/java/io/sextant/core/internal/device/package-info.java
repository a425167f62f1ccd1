/**
 * Runs device programs: TorchScript text of our own, loaded into libtorch without Python. The rest of the core sees
 * {@link io.sextant.core.internal.device.DeviceProgram} and {@link io.sextant.core.internal.device.DeviceTensor}; DJL
 * types stay in here; only training's own wrapper, which records gradients, reaches for them.
 */
@NullMarked
package io.sextant.core.internal.device;

import org.jspecify.annotations.NullMarked;
