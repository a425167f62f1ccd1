package io.sextant.core.internal.device;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** Settings of libtorch that every calling thread needs once. */
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

    private static Boolean prepareThread() {
        Engine.getEngine("PyTorch");
        JniUtils.setGraphExecutorOptimize(false);
        return true;
    }
}
