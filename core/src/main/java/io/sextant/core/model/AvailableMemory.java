package io.sextant.core.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much more memory this process may take, as Linux tells it: what the machine has to give, and of the control groups that the
 * process is in what is left of each limit. Memory that only keeps files from being read again counts as free.
 */
final class AvailableMemory {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");
    private static final Pattern UNIFIED_GROUP = Pattern.compile("(?m)^0::(/.*)$");
    private static final Pattern MEMORY_GROUP = Pattern.compile("(?m)^\\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(/.*)$");
    private static final Pattern UNIFIED_CACHE = Pattern.compile("(?m)^inactive_file (\\d+)$");
    private static final Pattern CACHE = Pattern.compile("(?m)^total_inactive_file (\\d+)$");
    private static final long KIBIBYTE = 1024;

    private final Path root;

    /** @param root of the file system, {@code /} */
    AvailableMemory(Path root) {
        this.root = root;
    }

    /** In bytes; empty where the system does not tell. */
    OptionalLong bytes() {
        OptionalLong machine = number(AVAILABLE, root.resolve("proc/meminfo"));
        if (machine.isEmpty()) {
            return machine;
        }
        String groups = text(root.resolve("proc/self/cgroup"));
        long left = machine.getAsLong() * KIBIBYTE;
        left = Math.min(
                left, left(UNIFIED_GROUP, groups, "sys/fs/cgroup", "memory.max", "memory.current", UNIFIED_CACHE));
        left = Math.min(
                left,
                left(
                        MEMORY_GROUP,
                        groups,
                        "sys/fs/cgroup/memory",
                        "memory.limit_in_bytes",
                        "memory.usage_in_bytes",
                        CACHE));
        return OptionalLong.of(Math.max(0, left));
    }

    /** Inside a container the group's path is often that of the machine, and its files lie at the top. */
    private long left(Pattern group, @Nullable String groups, String top, String limit, String usage, Pattern cache) {
        Matcher found = group.matcher(groups == null ? "" : groups);
        Path mounted = root.resolve(top);
        Path folder =
                found.find() ? mounted.resolve(found.group(1).substring(1)).normalize() : mounted;
        long left = Long.MAX_VALUE;
        while (folder != null && folder.startsWith(mounted)) {
            left = Math.min(left, left(folder, limit, usage, cache));
            folder = folder.getParent();
        }
        return left;
    }

    private static long left(Path folder, String limit, String usage, Pattern cache) {
        OptionalLong most = number(Pattern.compile("^(\\d{1,18})\\s*$"), folder.resolve(limit));
        OptionalLong used = number(Pattern.compile("^(\\d{1,18})\\s*$"), folder.resolve(usage));
        if (most.isEmpty() || used.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long reclaimable = number(cache, folder.resolve("memory.stat")).orElse(0);
        return most.getAsLong() - used.getAsLong() + reclaimable;
    }

    private static OptionalLong number(Pattern pattern, Path file) {
        String text = text(file);
        Matcher found = pattern.matcher(text == null ? "" : text);
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
