package io.sextant.core.internal.trial;

import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Linux tells of the first processor of a machine.
 *
 * @param name that tells its kind from others; empty where nothing is told
 * @param flags names of its instructions and abilities, one space between them
 * @param threadsPerCore how many processors, as Linux counts them, share a core; 1 where that is not told
 */
public record Processor(String name, String flags, int threadsPerCore) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Processor.class);
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Instructions for products of bfloat16, as Linux names them on x86 and on Arm. */
    private static final Set<String> BFLOAT16_PRODUCTS = Set.of("avx512_bf16", "amx_bf16", "bf16", "svebf16");

    /** What tells kinds apart, on x86 and on Arm; speeds, which change, are not among it. */
    private static final Set<String> NAMES = Set.of(
            "vendor_id",
            "cpu family",
            "model",
            "model name",
            "stepping",
            "CPU implementer",
            "CPU architecture",
            "CPU variant",
            "CPU part",
            "CPU revision");

    /** Of this machine. */
    public static Processor ofMachine() {
        return of(PROCESSORS);
    }

    /** @param file as Linux writes {@code /proc/cpuinfo}; nothing is known where there is none */
    static Processor of(Path file) {
        Map<String, String> lines = Files.isReadable(file) ? firstOf(file) : Map.of();
        String name = lines.entrySet().stream()
                .filter(line -> NAMES.contains(line.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        String flags = lines.getOrDefault("flags", lines.getOrDefault("Features", ""));
        int siblings = number(lines.get("siblings"));
        int cores = number(lines.get("cpu cores"));
        return new Processor(
                name, String.join(" ", flags.split("\\s+")), cores > 0 && siblings > cores ? siblings / cores : 1);
    }

    /**
     * What its instructions suggest to compute in: bfloat16 where there are some for its products, for others emulate them and take many
     * times as long.
     */
    public ElementType suggestedType() {
        boolean hasProducts = Arrays.stream(flags.split(" ")).anyMatch(BFLOAT16_PRODUCTS::contains);
        return hasProducts ? ElementType.BFLOAT16 : ElementType.FLOAT32;
    }

    private static Map<String, String> firstOf(Path file) {
        Map<String, String> first = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            lines.takeWhile(line -> !line.isBlank()).forEach(line -> {
                String[] parts = line.split(":", 2);
                first.put(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
            });
        } catch (IOException | UncheckedIOException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", file)
                    .log("cannot be read, so nothing is known of the processor: {}", e.toString());
        }
        return first;
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
