package io.sextant.core.internal.device;

import ai.djl.Device;
import io.sextant.core.error.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the model computes.
 *
 * @param name {@code cpu} or {@code cuda:n}, as libtorch spells it
 */
public record ComputeDevice(String name) {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /** The processor. */
    public static final ComputeDevice CPU = new ComputeDevice("cpu");

    /** Begins to load the engine in the background; {@link #of} and all that computes wait for it, and are told if it fails. */
    public static void prepareEarly() {
        Torch.prepareEarly();
    }

    /**
     * @param name of the setting or option, for errors
     * @param setting {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
     * @throws ConfigurationException if the word is another, or there is no such device here
     */
    public static ComputeDevice of(String name, String setting) {
        if (setting.equals("cpu")) {
            return CPU;
        }
        int available = Torch.cudaDevices();
        if (setting.equals("auto")) {
            return available > 0 ? new ComputeDevice("cuda:0") : CPU;
        }
        Matcher cuda = CUDA.matcher(setting);
        if (!cuda.matches()) {
            throw new ConfigurationException(name + "=" + setting + " is not a device; use auto, cpu, cuda or cuda:n.");
        }
        int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        if (index >= available) {
            throw new ConfigurationException(name + "=" + setting + ", but this machine shows " + available
                    + " CUDA devices to libtorch; use cpu, or install the CUDA build of libtorch.");
        }
        return new ComputeDevice("cuda:" + index);
    }

    Device toDjl() {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }
}
