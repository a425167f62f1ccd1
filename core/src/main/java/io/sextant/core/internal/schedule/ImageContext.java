package io.sextant.core.internal.schedule;

import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.language.KeyValueCache;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is computed once for an image and shared by all questions about it: its visual tokens, and keys and values of the prompt up
 * to and including the image. Its owner's lock guards it.
 */
final class ImageContext implements AutoCloseable {
    private final DeviceTensor visualTokens;
    private int[] prefixIds = {};

    // Null until a prompt that begins with this image has been computed.
    private @Nullable KeyValueCache prefix;

    /** @param visualTokens (1, tokens, D); the context takes ownership */
    ImageContext(DeviceTensor visualTokens) {
        this.visualTokens = visualTokens;
    }

    DeviceTensor visualTokens() {
        return visualTokens;
    }

    /** The computed prompt beginning, if it is for exactly these tokens before the image. */
    Optional<KeyValueCache> prefix(int[] ids) {
        return Arrays.equals(prefixIds, ids) ? Optional.ofNullable(prefix) : Optional.empty();
    }

    /** Takes over a computed prompt beginning in place of an earlier one. */
    void keepPrefix(int[] ids, KeyValueCache computed) {
        if (prefix != null) {
            prefix.close();
        }
        prefixIds = ids.clone();
        prefix = computed;
    }

    @Override
    public void close() {
        if (prefix != null) {
            prefix.close();
        }
        visualTokens.close();
    }
}
