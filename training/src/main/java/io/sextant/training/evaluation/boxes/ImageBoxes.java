package io.sextant.training.evaluation.boxes;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The boxes of one answer and the true ones.
 *
 * @param written in the order of the text
 * @param truths of everything that was asked for
 */
public record ImageBoxes(List<ScoredBox> written, List<NamedBox> truths) {
    public ImageBoxes {
        written = List.copyOf(written);
        truths = List.copyOf(truths);
    }

    /** The nouns that have true boxes. */
    Set<String> nouns() {
        return truths.stream().map(NamedBox::noun).collect(Collectors.toSet());
    }

    /** Only the boxes of one noun. */
    ImageBoxes of(String noun) {
        return new ImageBoxes(
                written.stream().filter(box -> box.named().noun().equals(noun)).toList(),
                truths.stream().filter(box -> box.noun().equals(noun)).toList());
    }
}
