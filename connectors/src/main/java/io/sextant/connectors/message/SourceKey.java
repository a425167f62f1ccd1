package io.sextant.connectors.message;

import java.util.Arrays;
import java.util.HexFormat;

/** The key a message came with, byte for byte; results of its images carry the same. Immutable. */
public final class SourceKey {
    private final byte[] bytes;

    private SourceKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key of these bytes. */
    public static SourceKey of(byte[] bytes) {
        return new SourceKey(bytes.clone());
    }

    /** The bytes, a copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
