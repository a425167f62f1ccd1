package io.sextant.routes;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ModelBusyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A model that answers a request when a test says so, in whatever order, and takes only so many at once. */
final class HeldModel implements VisionLanguageModel {
    private final int capacity;
    private final List<Held> held = new ArrayList<>();
    private final List<GenerationRequest> requests = new ArrayList<>();

    /** @param capacity requests that are taken at once; further ones are refused */
    HeldModel(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("held", "f".repeat(64), 448, 256, 4096, "cpu", "float32");
    }

    @Override
    public synchronized CompletionStage<GenerationResult> submit(GenerationRequest request) {
        if (held.size() >= capacity) {
            return CompletableFuture.failedFuture(new ModelBusyException("full"));
        }
        Held one = new Held(request, new CompletableFuture<>());
        held.add(one);
        requests.add(request);
        return one.answer();
    }

    /** All requests that were taken, oldest first. */
    synchronized List<GenerationRequest> requests() {
        return List.copyOf(requests);
    }

    /** Waits until so many requests are waiting for an answer. */
    void awaitHeld(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> heldNow() == count);
    }

    private synchronized int heldNow() {
        return held.size();
    }

    /** Answers what was asked about an image. */
    void answer(String image) {
        end(image, null);
    }

    /** Lets what was asked about an image fail. */
    void fail(String image, RuntimeException failure) {
        end(image, failure);
    }

    private void end(String image, @Nullable RuntimeException failure) {
        Held found;
        synchronized (this) {
            found = held.stream()
                    .filter(one -> one.request().images().get(0).name().equals(image))
                    .findFirst()
                    .orElseThrow();
            held.remove(found);
        }
        if (failure != null) {
            found.answer().completeExceptionally(failure);
            return;
        }
        found.answer()
                .complete(
                        GenerationResult.builder("an answer").promptTokens(300).build());
    }

    @Override
    public void close() {}

    private record Held(GenerationRequest request, CompletableFuture<GenerationResult> answer) {}
}
