package io.sextant.core.internal.device;

import ai.djl.Device;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.error.SextantException;
import io.sextant.core.internal.weights.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /** Lets the end of the process wait until what is being computed is over. */
    public static void awaitAtExit() {
        RunningCalls.HERE.awaitAtExit();
    }

    /**
     * A device for each replica of a model.
     *
     * @param name of the setting or option, for errors
     * @param setting what {@link #of} takes, or several of these with commas between them
     * @throws ConfigurationException as {@link #of}
     */
    public static List<ComputeDevice> listOf(String name, String setting) {
        String[] words = setting.split(",", -1);
        if (words.length > 1
                && Arrays.stream(words).anyMatch(word -> word.strip().equals("auto"))) {
            throw new ConfigurationException(
                    name + "=" + setting + ": auto stands alone; name the devices, as cuda:0,cuda:1.");
        }
        return Arrays.stream(words).map(word -> of(name, word.strip())).toList();
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
        if (setting.equals("auto")) {
            ComputeDevice first = new ComputeDevice("cuda:0");
            return Torch.hasCuda() && first.hindrance() == null ? first : CPU;
        }
        Matcher cuda = CUDA.matcher(setting);
        if (!cuda.matches()) {
            throw new ConfigurationException(name + "=" + setting + " is not a device; use auto, cpu, cuda or cuda:n.");
        }
        ComputeDevice device = new ComputeDevice("cuda:" + (cuda.group(1) == null ? "0" : cuda.group(1)));
        String hindrance = device.hindrance();
        if (hindrance != null) {
            throw new ConfigurationException(name + "=" + setting + ", which libtorch cannot reach here (" + hindrance
                    + "); use cpu, or a CUDA build of libtorch on a machine with that device.");
        }
        return device;
    }

    /**
     * Why libtorch cannot compute here, in its words; null if it can. It is asked itself, for what counts devices without it looks for
     * libraries that libtorch may do without.
     */
    private @Nullable String hindrance() {
        try (DeviceProgram program = DeviceProgram.load(List.of(), CPU, ElementType.FLOAT32)) {
            program.execute("reach_device", name);
            return null;
        } catch (ModelDefectException | ResourceExhaustedException e) {
            return words(e).lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("RuntimeError: "))
                    .map(line -> line.substring("RuntimeError: ".length()).replaceFirst("\\. .*", ""))
                    .findFirst()
                    .orElse("it does not say why");
        }
    }

    /**
     * Memory that a graphics processor has free, in bytes, as libtorch tells it; empty for the processor, whose memory the operating system
     * knows, and where libtorch does not tell.
     */
    public OptionalLong freeBytes() {
        if (equals(CPU)) {
            return OptionalLong.empty();
        }
        try (DeviceProgram program = DeviceProgram.load(List.of(), CPU, ElementType.FLOAT32)) {
            program.execute("ask_too_much", name);
            return OptionalLong.empty();
        } catch (ModelDefectException | ResourceExhaustedException e) {
            return FreeMemory.toldBy(words(e));
        }
    }

    /** What libtorch itself said. */
    private static String words(SextantException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    Device toDjl() {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }
}
