package io.sextant.app.serving;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Questions that wait for their lease, and end it. */
final class Leased {
    private Leased() {}

    /**
     * The answer to a question that is asked once the lease is there, which ends with it.
     *
     * @return cancelling it gives up the question, or the wait
     */
    static <T> CompletableFuture<T> ask(
            CompletableFuture<ModelLease> leased, Function<ModelLease, CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        leased.whenComplete((lease, failure) -> {
            if (lease == null) {
                answer.completeExceptionally(failure);
                return;
            }
            CompletableFuture<T> asked = answer.isDone() ? new CompletableFuture<>() : begin(lease, question);
            asked.whenComplete((value, reason) -> {
                lease.close();
                if (reason == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(cause(reason));
                }
            });
            answer.whenComplete((value, reason) -> asked.cancel(false));
        });
        answer.whenComplete((value, reason) -> leased.cancel(false));
        return answer;
    }

    private static <T> CompletableFuture<T> begin(
            ModelLease lease, Function<ModelLease, CompletableFuture<T>> question) {
        try {
            return question.apply(lease);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
