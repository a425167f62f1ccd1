package io.sextant.core.internal.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where this user's caches may lie. A process without an entry among the users has the home {@code ?}, which is none. */
public final class UserCache {
    /** What a message tells to set where nothing can be written. */
    public static final String ADVICE = "set XDG_CACHE_HOME to a folder that can be written";

    private static final String OWNER_ONLY = "rwx------";

    private final Map<String, String> environment;
    private final @Nullable String home;
    private final Path temporary;

    /**
     * @param environment the process's variables
     * @param home what Java holds for the user's home
     * @param temporary the folder for temporary files
     */
    UserCache(Map<String, String> environment, @Nullable String home, Path temporary) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.temporary = temporary;
    }

    /** Of the user whom this process belongs to. */
    public static UserCache ofProcess() {
        return new UserCache(
                System.getenv(),
                System.getProperty("user.home"),
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /**
     * The folders to try, the best first: {@code $XDG_CACHE_HOME}, {@code .cache} in the user's home, {@code .cache} in
     * {@code $HOME}. Whether they can be written shows when it is tried.
     */
    public List<Path> lasting() {
        List<Path> folders = new ArrayList<>();
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!cache.isBlank()) {
            folders.add(Path.of(cache));
        }
        for (String candidate : new String[] {home, environment.get("HOME")}) {
            if (isFolder(candidate)) {
                folders.add(Path.of(candidate).resolve(".cache"));
            }
        }
        return folders.stream().distinct().toList();
    }

    /** The first lasting folder that can be written; else a temporary one. */
    public Path folder() throws IOException {
        Optional<Path> lasting = lastingFolder();
        return lasting.isPresent() ? lasting.get() : temporary();
    }

    /** The first lasting folder that can be written. */
    public Optional<Path> lastingFolder() {
        return lasting().stream().filter(UserCache::isWritable).findFirst();
    }

    /** Whether the user's home, as Java knows it, is a folder that can be written. */
    public boolean hasHome() {
        return isFolder(home) && Files.isWritable(Path.of(home));
    }

    /**
     * A folder of this user's alone among the temporary files, the same one for every process if nobody else has taken its
     * name.
     */
    public Path temporary() throws IOException {
        Path fresh = Files.createTempDirectory(temporary, "sextant-");
        String owner = Files.getOwner(fresh).getName();
        Path shared = temporary.resolve("sextant-cache-" + owner.replaceAll("[^A-Za-z0-9]", "_"));
        try {
            Files.createDirectory(
                    shared, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        } catch (FileAlreadyExistsException e) {
            if (!belongsTo(owner, shared)) {
                return fresh;
            }
        }
        Files.delete(fresh);
        return shared;
    }

    /** What another user could write might hold anything. */
    private static boolean belongsTo(String owner, Path folder) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(owner)
                && PosixFilePermissions.toString(permissions).equals(OWNER_ONLY);
    }

    /** Whether a folder can be written, or made where it lies. */
    public static boolean canBeWritten(Path folder) {
        for (@Nullable Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at) && Files.isWritable(at);
            }
        }
        return false;
    }

    private static boolean isFolder(@Nullable String path) {
        return path != null && path.startsWith("/") && Files.isDirectory(Path.of(path));
    }

    private static boolean isWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }
}
