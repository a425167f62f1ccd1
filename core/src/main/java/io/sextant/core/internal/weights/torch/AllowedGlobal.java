package io.sextant.core.internal.weights.torch;

import io.sextant.core.internal.weights.ElementType;
import java.util.Optional;

/** The only names a pickle may refer to, and what each is read as. Everything else is refused by name. */
enum AllowedGlobal {
    ORDERED_DICT("collections.OrderedDict"),
    REBUILD_TENSOR("torch._utils._rebuild_tensor"),
    REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
    SIZE("torch.Size"),
    DOUBLE_STORAGE(ElementType.FLOAT64),
    FLOAT_STORAGE(ElementType.FLOAT32),
    HALF_STORAGE(ElementType.FLOAT16),
    BFLOAT16_STORAGE(ElementType.BFLOAT16),
    LONG_STORAGE(ElementType.INT64),
    INT_STORAGE(ElementType.INT32),
    SHORT_STORAGE(ElementType.INT16),
    CHAR_STORAGE(ElementType.INT8),
    BYTE_STORAGE(ElementType.UINT8),
    BOOL_STORAGE(ElementType.BOOL);

    private final String qualifiedName;
    private final Optional<ElementType> storageType;

    AllowedGlobal(String qualifiedName) {
        this.qualifiedName = qualifiedName;
        this.storageType = Optional.empty();
    }

    AllowedGlobal(ElementType type) {
        this.qualifiedName = "torch." + type.torchStorageName();
        this.storageType = Optional.of(type);
    }

    /** The element type, if this is a storage class. */
    Optional<ElementType> storageType() {
        return storageType;
    }

    /** The name of this module and attribute, if it is allowed. */
    static Optional<AllowedGlobal> of(String module, String attribute) {
        String name = module + "." + attribute;
        for (AllowedGlobal global : values()) {
            if (global.qualifiedName.equals(name)) {
                return Optional.of(global);
            }
        }
        return Optional.empty();
    }
}
