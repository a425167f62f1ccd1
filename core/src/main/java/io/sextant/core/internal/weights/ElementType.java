package io.sextant.core.internal.weights;

import java.util.Optional;

/** What the elements of a stored tensor are; little-endian throughout. */
public enum ElementType {
    FLOAT64(8, 7, "F64", "DoubleStorage"),
    FLOAT32(4, 6, "F32", "FloatStorage"),
    FLOAT16(2, 5, "F16", "HalfStorage"),
    BFLOAT16(2, 15, "BF16", "BFloat16Storage"),
    INT64(8, 4, "I64", "LongStorage"),
    INT32(4, 3, "I32", "IntStorage"),
    INT16(2, 2, "I16", "ShortStorage"),
    INT8(1, 1, "I8", "CharStorage"),
    UINT8(1, 0, "U8", "ByteStorage"),
    BOOL(1, 11, "BOOL", "BoolStorage");

    private final int bytes;
    private final int torchCode;
    private final String safetensorsName;
    private final String torchStorageName;

    ElementType(int bytes, int torchCode, String safetensorsName, String torchStorageName) {
        this.bytes = bytes;
        this.torchCode = torchCode;
        this.safetensorsName = safetensorsName;
        this.torchStorageName = torchStorageName;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    /** The number TorchScript programs know this type by (torch's ScalarType). */
    public int torchCode() {
        return torchCode;
    }

    /** The name in a safetensors header, for instance {@code F16}. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** The name of the storage class in a torch pickle, for instance {@code HalfStorage}. */
    public String torchStorageName() {
        return torchStorageName;
    }

    /** Whether this is one of the four floating-point types. */
    public boolean isFloat() {
        return this == FLOAT64 || this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
    }

    /** The type of this name in a safetensors header. */
    public static Optional<ElementType> ofSafetensors(String name) {
        for (ElementType type : values()) {
            if (type.safetensorsName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
