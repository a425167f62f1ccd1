package io.sextant.core.internal.schedule;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Encoded images and prompt beginnings, kept within a memory budget; the one used longest ago goes first. Not thread-safe: its
 * owner's lock guards it.
 *
 * @param <K> what identifies an entry
 * @param <V> what is kept, closed when it goes
 */
final class ContextCache<K, V extends AutoCloseable> implements AutoCloseable {
    private final long budgetBytes;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long usedBytes;

    /** @param budgetBytes 0 keeps nothing */
    ContextCache(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    /** The value, which stays the cache's own. */
    Optional<V> find(K key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** Whether a value of this size can be kept at all. */
    boolean fits(long bytes) {
        return bytes <= budgetBytes;
    }

    /**
     * Takes a value over, making room first.
     *
     * @param key not yet in the cache
     * @param bytes at most the budget
     */
    void keep(K key, V value, long bytes) {
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (usedBytes + bytes > budgetBytes && oldest.hasNext()) {
            Entry<V> entry = oldest.next();
            oldest.remove();
            usedBytes -= entry.bytes();
            closeQuietly(entry.value());
        }
        entries.put(key, new Entry<>(value, bytes));
        usedBytes += bytes;
    }

    /** Memory of what is kept, in bytes. */
    long usedBytes() {
        return usedBytes;
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> closeQuietly(entry.value()));
        entries.clear();
        usedBytes = 0;
    }

    private static void closeQuietly(AutoCloseable value) {
        try {
            value.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a tensor cannot fail", e);
        }
    }

    private record Entry<V>(V value, long bytes) {}
}
