package io.sextant.core.internal.device;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** libtorch as DJL brings it, with the settings every caller needs. */
final class Torch {
    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(Torch::prepareThread);

    private Torch() {}

    /**
     * Loads libtorch if needed, and turns its profiling executor off for this thread: it would recompile a program for every new
     * shape, and prompts have all lengths.
     */
    static void prepare() {
        PREPARED.get();
    }

    /** Runs work without libtorch's other threads; small products are over before those have woken up. */
    static <T> T inOneThread(Supplier<T> work) {
        prepare();
        int threads = Threads.COUNT;
        if (threads == 1) {
            return work.get();
        }
        JniUtils.setNumThreads(1);
        try {
            return work.get();
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }

    /** CUDA devices libtorch sees. */
    static int cudaDevices() {
        return engine().getGpuCount();
    }

    private static Boolean prepareThread() {
        engine();
        JniUtils.setGraphExecutorOptimize(false);
        // A thread begins with the number that another one has set last.
        JniUtils.setNumThreads(Threads.COUNT);
        return true;
    }

    /** Everything needed lies on the class path, so DJL is told not to fetch anything and not to report its use. */
    private static Engine engine() {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        return Engine.getEngine("PyTorch");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** As many threads as libtorch takes by itself or was told to take. */
    private static final class Threads {
        static final int COUNT = JniUtils.getNumThreads();
    }
}
