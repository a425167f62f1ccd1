package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.PrefixKey;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a prompt that goes through the layers in one call.
 *
 * <h2>How prompts are cut</h2>
 *
 * After each image, so that questions about it share what comes before; after each answered question, so that the next turn of a
 * conversation finds it computed; and where a stretch would be longer than {@link #LONGEST}, so that running answers are not held up.
 * Where the cuts are depends on the prompt alone, never on what is cached or on who else is asking: a piece is always the same call
 * and gives the same numbers.
 *
 * @param key what the prompt is up to the end of this piece
 * @param start positions before it
 * @param ids token ids; 0 where visual tokens stand
 * @param images where visual tokens stand; of one image at most
 */
@SuppressWarnings("ArrayRecordComponent") // shared by all who compute it, never compared
record PromptPiece(PrefixKey key, int start, int[] ids, List<ImageSpan> images) {
    /** Positions of a piece at most. */
    static final int LONGEST = 288;

    /** Positions up to the end of this piece. */
    int end() {
        return start + ids.length;
    }

    /**
     * Cuts a prompt.
     *
     * @param images of the request, in order
     * @param visualTokens positions of one image
     */
    static List<PromptPiece> cut(EncodedPrompt prompt, List<ImageKey> images, int visualTokens) {
        Cutter cutter = new Cutter(images);
        int units = 0;
        for (PromptPart part : prompt.parts()) {
            if (part instanceof PromptPart.ImagePlace place) {
                cutter.image(place.index(), visualTokens);
                cutter.cut();
                units++;
            } else if (part instanceof PromptPart.Tokens tokens) {
                for (int id : tokens.ids()) {
                    cutter.token(id);
                    units++;
                    if (prompt.turnEnds().contains(units)) {
                        cutter.cut();
                    }
                }
            } else {
                throw new IllegalStateException("unknown prompt part " + part);
            }
        }
        cutter.cut();
        return cutter.pieces;
    }

    /** Visual tokens of an image, as part of a key. */
    private record VisualTokens(ImageKey image, int first, int count) {}

    /** Collects pieces. */
    private static final class Cutter {
        private final List<ImageKey> images;
        private final List<PromptPiece> pieces = new ArrayList<>();
        private final List<Integer> ids = new ArrayList<>();
        private final List<ImageSpan> spans = new ArrayList<>();
        private final List<Object> content = new ArrayList<>();
        private @Nullable PrefixKey parent;
        private int start;

        Cutter(List<ImageKey> images) {
            this.images = images;
        }

        void token(int id) {
            makeRoom();
            ids.add(id);
            content.add(id);
        }

        void image(int index, int visualTokens) {
            int first = 0;
            while (first < visualTokens) {
                makeRoom();
                int count = Math.min(visualTokens - first, LONGEST - ids.size());
                spans.add(new ImageSpan(ids.size(), index, first, count));
                content.add(new VisualTokens(images.get(index), first, count));
                for (int i = 0; i < count; i++) {
                    ids.add(0);
                }
                first += count;
            }
        }

        private void makeRoom() {
            if (ids.size() == LONGEST) {
                cut();
            }
        }

        void cut() {
            if (ids.isEmpty()) {
                return;
            }
            PrefixKey key = new PrefixKey(parent, content);
            pieces.add(new PromptPiece(
                    key, start, ids.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(spans)));
            start += ids.size();
            parent = key;
            ids.clear();
            spans.clear();
            content.clear();
        }
    }
}
