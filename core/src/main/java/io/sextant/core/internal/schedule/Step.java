package io.sextant.core.internal.schedule;

import java.util.ArrayList;
import java.util.List;

/** What one call of the decoder computes, while it is collected. One thread. */
final class Step {
    private final List<Part> parts = new ArrayList<>();
    private int positions;
    private int limit;

    /** @param mostPositions of one call, at least 1 */
    Step(int mostPositions) {
        this.limit = mostPositions;
    }

    /** Work, and whose it is. */
    record Part(ModelWork work, StepOwner owner) {}

    /** Beside running answers, prompts go in pieces, so that the answers are not held up. */
    void limitPrompts() {
        limit = parts.isEmpty() ? limit : Math.min(limit, positions + PromptPiece.LONGEST);
    }

    boolean fits(int more) {
        return positions + more <= limit;
    }

    void add(ModelWork work, StepOwner owner) {
        parts.add(new Part(work, owner));
        positions += work.ids().length;
    }

    List<Part> parts() {
        return parts;
    }

    List<ModelWork> work() {
        return parts.stream().map(Part::work).toList();
    }
}
