package io.sextant.routes.config;

import io.sextant.core.model.MemorySize;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads memory sizes as {@link MemorySize#of} does, whose words about wrong ones the configuration would not hand on by itself. */
public final class MemorySizeConverter implements Converter<MemorySize> {
    private static final long serialVersionUID = 1L;

    /** Made by the configuration. */
    public MemorySizeConverter() {}

    @Override
    public MemorySize convert(String value) {
        return MemorySize.of(value);
    }
}
