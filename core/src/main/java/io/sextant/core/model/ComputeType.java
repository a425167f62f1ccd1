package io.sextant.core.model;

import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of float32 and bfloat16 is computed in where a precision leaves it open: bfloat16 on processors that have instructions for its
 * products, for others emulate them and take many times as long. It is read from the processor's own list and never timed, so that
 * two starts on one machine do not answer differently.
 */
final class ComputeType {
    private static final Logger LOGGER = LoggerFactory.getLogger(ComputeType.class);
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Instructions for products of bfloat16, as Linux names them on x86 and on Arm. */
    private static final Set<String> BFLOAT16_PRODUCTS = Set.of("avx512_bf16", "amx_bf16", "bf16", "svebf16");

    private ComputeType() {}

    /** What this machine's processor suggests. */
    static ElementType ofProcessor() {
        return ofProcessor(PROCESSORS);
    }

    /** @param processors a file as Linux writes {@code /proc/cpuinfo}; float32 where there is none */
    static ElementType ofProcessor(Path processors) {
        if (!Files.isReadable(processors)) {
            return ElementType.FLOAT32;
        }
        try (Stream<String> lines = Files.lines(processors, StandardCharsets.ISO_8859_1)) {
            boolean has = lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .map(line -> Arrays.asList(
                            line.substring(line.indexOf(':') + 1).trim().split("\\s+")))
                    .anyMatch(flags -> flags.stream().anyMatch(BFLOAT16_PRODUCTS::contains));
            return has ? ElementType.BFLOAT16 : ElementType.FLOAT32;
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", processors)
                    .log("cannot be read, so float32 is computed in: {}", e.toString());
            return ElementType.FLOAT32;
        }
    }
}
