package io.sextant.app.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Futures that are made of others, and give those up when they are given up themselves. */
final class Linked {
    private Linked() {}

    /** What becomes of the answer. */
    static <T, R> CompletableFuture<R> then(CompletableFuture<T> answer, Function<T, R> function) {
        CompletableFuture<R> made = answer.thenApply(function);
        made.whenComplete((value, failure) -> answer.cancel(false));
        return made;
    }
}
