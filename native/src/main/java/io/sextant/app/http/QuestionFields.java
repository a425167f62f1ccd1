package io.sextant.app.http;

import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ShownText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What may stand beside an image that is no JSON. As in JSON, no other names are taken, and none twice. */
final class QuestionFields {
    /** Of the query, where the image is the body. */
    static final Set<String> WORDS = Set.of("prompt", "box", "maxNewTokens");

    /** Of a form. */
    static final Set<String> OF_A_FORM = Set.of("image", "prompt", "box", "maxNewTokens");

    private QuestionFields() {}

    /**
     * @param place where they stand, for the message
     * @param names each as often as it stands there
     * @throws InvalidRequestException naming what is there twice, or is none of the known
     */
    static void requireOnce(String place, List<String> names, Set<String> known) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InvalidRequestException("The " + place + " has \"" + ShownText.of(name) + "\"; "
                        + (known.isEmpty()
                                ? "the question is in the body here, so put it there."
                                : "there are " + new TreeSet<>(known) + "."));
            }
            if (!seen.add(name)) {
                throw new InvalidRequestException("The " + place + " has \"" + name + "\" twice; send it once.");
            }
        }
    }
}
