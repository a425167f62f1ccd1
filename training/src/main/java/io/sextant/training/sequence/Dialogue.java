package io.sextant.training.sequence;

import io.sextant.core.prompt.Turn;
import java.util.List;

/**
 * A conversation to learn from; every answer in it is learned.
 *
 * @param turns at least one, all answered
 */
public record Dialogue(List<Turn> turns) {
    public Dialogue {
        turns = List.copyOf(turns);
        if (turns.isEmpty() || !turns.stream().allMatch(Turn::isAnswered)) {
            throw new IllegalArgumentException("A dialogue needs at least one turn, and all turns answered");
        }
    }
}
