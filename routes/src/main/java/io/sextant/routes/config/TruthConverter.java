package io.sextant.routes.config;

import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads {@code true} and {@code false}, also as {@code yes}/{@code no}, {@code on}/{@code off}, {@code 1}/{@code 0}; refuses the rest. */
public final class TruthConverter implements Converter<Boolean> {
    private static final long serialVersionUID = 1L;

    /** Made by the configuration. */
    public TruthConverter() {}

    @Override
    public Boolean convert(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1", "y" -> true;
            case "false", "no", "off", "0", "n" -> false;
            default -> throw new IllegalArgumentException("\"" + value + "\" is neither true nor false");
        };
    }
}
