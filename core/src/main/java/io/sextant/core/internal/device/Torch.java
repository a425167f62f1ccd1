package io.sextant.core.internal.device;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.files.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** libtorch as DJL brings it, with the settings every caller needs. */
final class Torch {
    /** DJL's own setting, as a variable or a system property: where it unpacks libtorch. */
    private static final String CACHE = "DJL_CACHE_DIR";

    /** The same for the library by which DJL calls native code, which would make a folder in a home that is none. */
    private static final String JNA_FOLDER = "jna.tmpdir";

    /** The number of libtorch's threads that a thread of ours was given; 0 before its first call. */
    private static final ThreadLocal<Integer> PREPARED = ThreadLocal.withInitial(() -> 0);

    // Null before it has begun, and after it has failed; guarded by the class.
    private static @Nullable CompletableFuture<Engine> loading;

    private Torch() {}

    /** Begins to load libtorch on a thread of its own; whoever needs it waits for that, and is told if it fails. */
    static void prepareEarly() {
        loading(work -> {
            Thread loader = new Thread(work, "sextant-engine");
            loader.setDaemon(true);
            loader.start();
        });
    }

    /**
     * Loads libtorch if needed, and turns its profiling executor off for this thread: it would recompile a program for every new
     * shape, and prompts have all lengths.
     */
    static void prepare() {
        if (PREPARED.get() == 0) {
            engine();
            JniUtils.setGraphExecutorOptimize(false);
        }
        int threads = Threads.CLAIM.count();
        if (PREPARED.get() != threads) {
            // A thread begins with the number that another one has set last.
            JniUtils.setNumThreads(threads);
            PREPARED.set(threads);
        }
    }

    /** Runs work without libtorch's other threads; small products are over before those have woken up. */
    static <T> T inOneThread(Supplier<T> work) {
        return inThreads(1, work);
    }

    /** Runs work in another number of libtorch's threads than what this thread has. */
    static <T> T inThreads(int count, Supplier<T> work) {
        prepare();
        if (PREPARED.get() == count) {
            return work.get();
        }
        JniUtils.setNumThreads(count);
        try {
            return work.get();
        } finally {
            JniUtils.setNumThreads(PREPARED.get());
        }
    }

    /** How many threads the process computes in. */
    static ThreadClaim threads() {
        engine();
        return Threads.CLAIM;
    }

    /** For instance {@code 2.7.1}. */
    static String version() {
        return engine().getVersion();
    }

    /** Whether this libtorch was built for CUDA; says nothing of devices. */
    static boolean hasCuda() {
        prepare();
        Path library = Path.of(LibUtils.getLibtorchPath());
        Path folder = Files.isDirectory(library) ? library : library.resolveSibling("");
        return Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")));
    }

    private static Engine engine() {
        CompletableFuture<Engine> engine = loading(Runnable::run);
        try {
            return engine.join();
        } catch (CompletionException e) {
            forget(engine);
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static synchronized CompletableFuture<Engine> loading(Executor executor) {
        if (loading == null) {
            loading = CompletableFuture.supplyAsync(Torch::load, executor);
        }
        return loading;
    }

    /** The next who needs it tries anew. */
    private static synchronized void forget(CompletableFuture<Engine> failed) {
        if (loading == failed) {
            loading = null;
        }
    }

    /** Everything needed lies on the class path, so DJL is told not to fetch anything and not to report its use. */
    private static Engine load() {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        useWritableCache(UserCache.ofProcess());
        Path cache = Utils.getEngineCacheDir();
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError e) {
            if (UserCache.canBeWritten(cache)) {
                throw notLoaded(e);
            }
            throw new ConfigurationException(
                    "The engine, libtorch, cannot be loaded: where it is not in the folder lib of a distribution, beside the"
                            + " program, it is unpacked to " + cache + ", which cannot be written (" + e.getMessage()
                            + "); unpack the distribution whole, or set " + CACHE
                            + " to a folder that can be written, or PYTORCH_LIBRARY_PATH to one that holds it.",
                    e);
        }
    }

    /** In words that say where libraries are looked for, which DJL's do not. */
    static ConfigurationException notLoaded(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new ConfigurationException(
                "The engine, libtorch, cannot be loaded (" + cause.getClass().getSimpleName() + ": "
                        + cause.getMessage()
                        + "). Its libraries lie in the folder lib of a distribution, beside the program: unpack it whole."
                        + " Elsewhere they are unpacked into the folder DJL_CACHE_DIR, by default ~/.djl.ai, which must be"
                        + " writable. PYTORCH_LIBRARY_PATH names a folder with libtorch and libdjl_torch of your own.",
                failure);
    }

    /** DJL would take a home that is none, or a folder that all users share. */
    private static void useWritableCache(UserCache cache) {
        if (cache.hasHome() || System.getenv(CACHE) != null) {
            return;
        }
        try {
            Path folder = cache.folder();
            setUnlessSet(CACHE, folder.resolve("djl").toString());
            setUnlessSet(JNA_FOLDER, folder.resolve("jna").toString());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "There is no folder to unpack libtorch to (" + e + "); set " + CACHE
                            + " to one that can be written.",
                    e);
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Begins with as many threads as libtorch takes by itself or was told to take; made once that is loaded. */
    private static final class Threads {
        static final ThreadClaim CLAIM = new ThreadClaim(JniUtils.getNumThreads());
    }
}
