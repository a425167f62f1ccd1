package io.sextant.core.internal.trial;

import io.sextant.core.internal.weights.ElementType;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Linux tells of the first processor of a machine.
 *
 * @param name that tells its kind from others; empty where nothing is told
 * @param flags names of its instructions and abilities, with spaces between them
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
        StringBuilder name = new StringBuilder();
        lines.forEach((key, value) -> {
            if (NAMES.contains(key)) {
                name.append(name.isEmpty() ? "" : " ").append(value);
            }
        });
        String flags = lines.getOrDefault("flags", lines.getOrDefault("Features", ""));
        int siblings = number(lines.get("siblings"));
        int cores = number(lines.get("cpu cores"));
        return new Processor(name.toString(), flags, cores > 0 && siblings > cores ? siblings / cores : 1);
    }

    /**
     * What its instructions suggest to compute in: bfloat16 where there are some for its products, for others emulate them and take many
     * times as long.
     */
    public ElementType suggestedType() {
        StringTokenizer words = new StringTokenizer(flags);
        while (words.hasMoreTokens()) {
            if (BFLOAT16_PRODUCTS.contains(words.nextToken())) {
                return ElementType.BFLOAT16;
            }
        }
        return ElementType.FLOAT32;
    }

    private static Map<String, String> firstOf(Path file) {
        Map<String, String> first = new LinkedHashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null && !line.isBlank(); line = lines.readLine()) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    first.put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip());
                }
            }
        } catch (IOException e) {
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
