package io.sextant.core.internal.schedule;

import io.sextant.core.ModelStatistics;

/** What replicas that share a line do and have done together. */
final class ReplicaStatistics {
    private ReplicaStatistics() {}

    /** Who waits is counted once, for the line is the same; everything else adds up. */
    static ModelStatistics sum(ModelStatistics one, ModelStatistics other) {
        return new ModelStatistics(
                one.running() + other.running(),
                Math.max(one.waiting(), other.waiting()),
                one.blocks() + other.blocks(),
                one.blockPositions(),
                one.freeBlocks() + other.freeBlocks(),
                one.sharedBlocks() + other.sharedBlocks(),
                one.keptBeginnings() + other.keptBeginnings(),
                one.beginningHits() + other.beginningHits(),
                one.beginningMisses() + other.beginningMisses(),
                one.evictions() + other.evictions(),
                one.imagePasses() + other.imagePasses(),
                one.promptPositions() + other.promptPositions(),
                one.answerTokens() + other.answerTokens(),
                one.steps() + other.steps(),
                one.stepTime().plus(other.stepTime()),
                one.imageTime().plus(other.imageTime()),
                one.completed() + other.completed(),
                one.refused() + other.refused(),
                one.cancelled() + other.cancelled(),
                one.late() + other.late(),
                one.failed() + other.failed());
    }
}
