package io.sextant.routes.config;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Reads properties files of users: UTF-8, with or without the byte order mark that some editors put in front. */
public final class PropertiesFile {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Stands for what cannot be read. */
    private static final char NO_UNICODE = '\uFFFD';

    private PropertiesFile() {}

    /**
     * The keys and values of a file.
     *
     * @throws IOException if it cannot be read, is written in another encoding, or is no properties file; says which
     */
    public static Map<String, String> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length >= 2 && (isMark(bytes, 0xFE, 0xFF) || isMark(bytes, 0xFF, 0xFE))) {
            throw new IOException("it is UTF-16; save it as UTF-8");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        Properties properties = new Properties();
        try {
            properties.load(
                    new StringReader(!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        requireUnicode(values);
        return values;
    }

    /**
     * The file as a source of the configuration.
     *
     * @param ordinal the higher goes before the lower
     * @throws IOException as {@link #read} does
     */
    public static ConfigSource source(Path file, int ordinal) throws IOException {
        // Named as the configuration's own source of this file would be.
        String name = file.toUri().toURL().toString();
        return new PropertiesConfigSource(read(file), name, ordinal);
    }

    /** Text of another encoding would be another name or word, and nobody be told. In comments it does no harm. */
    private static void requireUnicode(Map<String, String> values) throws IOException {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if ((entry.getKey() + entry.getValue()).indexOf(NO_UNICODE) >= 0) {
                throw new IOException("it is not UTF-8 at the key " + entry.getKey() + "; save it as UTF-8");
            }
        }
    }

    private static boolean isMark(byte[] bytes, int first, int second) {
        return Byte.toUnsignedInt(bytes[0]) == first && Byte.toUnsignedInt(bytes[1]) == second;
    }
}
