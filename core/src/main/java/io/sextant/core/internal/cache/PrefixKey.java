package io.sextant.core.internal.cache;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the positions of a prompt's beginning mean, token by token and image by image. Equal keys mean equal keys and values.
 */
public final class PrefixKey {
    private final @Nullable PrefixKey parent;
    private final List<?> content;
    private final int hash;

    /**
     * @param parent the beginning of this beginning; null if there is none
     * @param content what is added to it: token ids and keys of images, with value equality
     */
    public PrefixKey(@Nullable PrefixKey parent, List<?> content) {
        this.parent = parent;
        this.content = List.copyOf(content);
        this.hash = 31 * (parent == null ? 1 : parent.hash) + this.content.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PrefixKey key
                && hash == key.hash
                && content.equals(key.content)
                && Objects.equals(parent, key.parent);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
