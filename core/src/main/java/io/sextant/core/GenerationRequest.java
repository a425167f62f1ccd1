package io.sextant.core;

import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.Turn;
import java.util.List;
import java.util.Objects;

/**
 * A question to the model: images (none for a text-only request), the conversation so far, and how to answer.
 *
 * @param images in the order their places appear in the turns; none to several
 * @param turns at least one; all but the last are answered, the last is open
 * @param settings how to generate
 */
public record GenerationRequest(List<RgbImage> images, List<Turn> turns, GenerationSettings settings) {
    public GenerationRequest {
        images = List.copyOf(images);
        turns = List.copyOf(turns);
        Objects.requireNonNull(settings, "settings");
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("A request needs at least one turn");
        }
        for (int i = 0; i < turns.size(); i++) {
            boolean isLast = i == turns.size() - 1;
            if (turns.get(i).isAnswered() == isLast) {
                throw new IllegalArgumentException("Only the last turn of a request is open; turn " + (i + 1) + " of "
                        + turns.size() + (isLast ? " already has an answer" : " has no answer"));
            }
        }
    }
}
