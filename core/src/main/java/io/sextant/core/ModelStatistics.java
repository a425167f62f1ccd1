package io.sextant.core;

import java.time.Duration;
import java.util.Objects;

/**
 * What a model is doing and has done since it was opened, for whoever watches it. Numbers of one moment; counters only grow.
 *
 * @param running requests that are being answered
 * @param waiting requests that have not been begun
 * @param blocks blocks of keys and values there are
 * @param blockPositions positions of one block
 * @param freeBlocks blocks that hold nothing
 * @param sharedBlocks blocks that more than one sequence or beginning holds
 * @param keptBeginnings prompt beginnings, such as images, whose keys and values are kept
 * @param beginningHits requests that found their beginning computed
 * @param beginningMisses requests whose beginning had to be computed
 * @param evictions beginnings that went to make room
 * @param imagePasses images put through the encoder
 * @param promptPositions positions of prompts computed
 * @param answerTokens tokens of answers chosen
 * @param steps calls of the decoder
 * @param stepTime time of all steps together, image passes not counted
 * @param imageTime time of all image passes together
 * @param completed requests answered
 * @param refused requests refused because too many were waiting
 * @param cancelled requests given up by their callers
 * @param late requests that missed their deadline
 * @param failed requests that failed otherwise
 * @param pendingBytes memory that weights will still take: those that get a faster form when there is nothing else to do, which changes no answer
 */
public record ModelStatistics(
        int running,
        int waiting,
        int blocks,
        int blockPositions,
        int freeBlocks,
        int sharedBlocks,
        int keptBeginnings,
        long beginningHits,
        long beginningMisses,
        long evictions,
        long imagePasses,
        long promptPositions,
        long answerTokens,
        long steps,
        Duration stepTime,
        Duration imageTime,
        long completed,
        long refused,
        long cancelled,
        long late,
        long failed,
        long pendingBytes) {
    /** Of a model that counts nothing. */
    public static final ModelStatistics NONE = new ModelStatistics(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, 0);

    /** Of a model whose weights all have their form. */
    public ModelStatistics(
            int running,
            int waiting,
            int blocks,
            int blockPositions,
            int freeBlocks,
            int sharedBlocks,
            int keptBeginnings,
            long beginningHits,
            long beginningMisses,
            long evictions,
            long imagePasses,
            long promptPositions,
            long answerTokens,
            long steps,
            Duration stepTime,
            Duration imageTime,
            long completed,
            long refused,
            long cancelled,
            long late,
            long failed) {
        this(
                running,
                waiting,
                blocks,
                blockPositions,
                freeBlocks,
                sharedBlocks,
                keptBeginnings,
                beginningHits,
                beginningMisses,
                evictions,
                imagePasses,
                promptPositions,
                answerTokens,
                steps,
                stepTime,
                imageTime,
                completed,
                refused,
                cancelled,
                late,
                failed,
                0);
    }

    public ModelStatistics {
        Objects.requireNonNull(stepTime, "stepTime");
        Objects.requireNonNull(imageTime, "imageTime");
    }

    /** Of this model and another one together; positions of a block are this one's. */
    public ModelStatistics plus(ModelStatistics other) {
        return new ModelStatistics(
                running + other.running,
                waiting + other.waiting,
                blocks + other.blocks,
                blockPositions,
                freeBlocks + other.freeBlocks,
                sharedBlocks + other.sharedBlocks,
                keptBeginnings + other.keptBeginnings,
                beginningHits + other.beginningHits,
                beginningMisses + other.beginningMisses,
                evictions + other.evictions,
                imagePasses + other.imagePasses,
                promptPositions + other.promptPositions,
                answerTokens + other.answerTokens,
                steps + other.steps,
                stepTime.plus(other.stepTime),
                imageTime.plus(other.imageTime),
                completed + other.completed,
                refused + other.refused,
                cancelled + other.cancelled,
                late + other.late,
                failed + other.failed,
                pendingBytes + other.pendingBytes);
    }

    /** The counters alone: what a model that has been closed did. */
    public ModelStatistics counted() {
        return new ModelStatistics(
                0,
                0,
                0,
                blockPositions,
                0,
                0,
                0,
                beginningHits,
                beginningMisses,
                evictions,
                imagePasses,
                promptPositions,
                answerTokens,
                steps,
                stepTime,
                imageTime,
                completed,
                refused,
                cancelled,
                late,
                failed,
                0);
    }
}
