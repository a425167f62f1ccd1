package io.sextant.core.internal.schedule;

import io.sextant.core.internal.device.DeviceTensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Visual tokens of the images encoded last, for prompts in which they do not stand where their keys and values are kept. One thread. */
final class EncodedImages implements AutoCloseable {
    private final int capacity;
    private final Map<ImageKey, DeviceTensor> tokens = new LinkedHashMap<>(16, 0.75f, true);

    /** @param capacity images that are kept, at least 1 */
    EncodedImages(int capacity) {
        this.capacity = capacity;
    }

    /** Whether the visual tokens are here; being asked for is a use. */
    boolean contains(ImageKey key) {
        return find(key) != null;
    }

    /** The visual tokens, which stay with this; null if they are not here. A use. */
    @Nullable
    DeviceTensor find(ImageKey key) {
        return tokens.get(key);
    }

    /** Takes visual tokens over; those used longest ago go. */
    void keep(ImageKey key, DeviceTensor encoded) {
        DeviceTensor before = tokens.put(key, encoded);
        if (before != null) {
            before.close();
        }
        Iterator<DeviceTensor> oldest = tokens.values().iterator();
        while (tokens.size() > capacity) {
            oldest.next().close();
            oldest.remove();
        }
    }

    @Override
    public void close() {
        tokens.values().forEach(DeviceTensor::close);
        tokens.clear();
    }
}
