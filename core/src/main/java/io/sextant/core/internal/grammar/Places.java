package io.sextant.core.internal.grammar;

import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places of one grammar, remembered up to a bound. Thread-safe.
 *
 * <p>Places are found by what the next token can tell apart ({@link Expression#forNextToken}), so a handful of them serves most
 * answers. When the bound is reached all are forgotten and found anew, which costs time and changes nothing.
 */
final class Places {
    /** Bytes that the places of one grammar may take, about. */
    static final long LARGEST_WEIGHT = 48L << 20;

    private static final long WEIGHT_OF_PLACE = 1300;
    private static final int LONGEST_FORCED = 4096;

    private final long largestWeight;
    private final VocabularyTrie vocabulary;
    private final LlamaTokenizer tokenizer;
    private final ForcedText forcedText;
    private final Map<Key, Place> known = new ConcurrentHashMap<>();
    private final AtomicLong weight = new AtomicLong();

    /** @param largestWeight bytes, about, after which all is forgotten */
    Places(VocabularyTrie vocabulary, LlamaTokenizer tokenizer, long largestWeight) {
        this.largestWeight = largestWeight;
        this.vocabulary = vocabulary;
        this.tokenizer = tokenizer;
        this.forcedText = new ForcedText(vocabulary, tokenizer);
    }

    /** The place of an expression, for one token. */
    Place at(Expression expression, int control) {
        return placeOf(expression.forNextToken(vocabulary.reach()), control);
    }

    private Place placeOf(Expression expression, int control) {
        Key key = new Key(expression, control);
        Place place = known.get(key);
        if (place != null) {
            return place;
        }
        addWeight(WEIGHT_OF_PLACE);
        Place fresh = new Place(this, expression, control);
        Place other = known.putIfAbsent(key, fresh);
        return other == null ? fresh : other;
    }

    private void addWeight(long more) {
        if (weight.addAndGet(more) > largestWeight) {
            weight.set(0);
            known.clear();
        }
    }

    int endOfSequence() {
        return tokenizer.eos();
    }

    /** The bytes a token writes; shared, not copied. */
    byte[] bytes(int id) {
        return vocabulary.bytes(id);
    }

    /** Whether all of a forced text was found within what one token can tell apart. */
    boolean isInReach(ForcedTokens forced) {
        return forced.length() < vocabulary.reach().longest();
    }

    /** Where a byte leads on the way of one token. */
    Place after(Place place, int value) {
        Expression rest = place.expression().after(value, place.control());
        int control = ControlWords.next(place.control(), value);
        return placeOf(rest, Math.max(ControlWords.NOTHING, control));
    }

    AllowedTokens walk(Place place) {
        Walk walk = new Walk();
        walk.from(place, VocabularyTrie.ROOT);
        if (place.expression().mayEnd()) {
            walk.add(tokenizer.eos(), 0);
        }
        AllowedTokens tokens = walk.tokens();
        addWeight(tokens.weight());
        return tokens;
    }

    /** Follows the bytes as long as there is but one, and cuts them into tokens. */
    ForcedTokens force(Expression start, int startControl, boolean isStart) {
        byte[] text = new byte[LONGEST_FORCED];
        int length = 0;
        Expression expression = start;
        int control = startControl;
        Place place = at(expression, control);
        while (length < LONGEST_FORCED && !place.expression().mayEnd() && place.onlyByte() >= 0) {
            int value = place.onlyByte();
            text[length++] = (byte) value;
            expression = expression.after(value, control);
            control = Math.max(ControlWords.NOTHING, ControlWords.next(control, value));
            place = at(expression, control);
        }
        boolean isOver = place.expression().mayEnd() && place.onlyByte() == Place.NO_BYTE;
        if (length == 0 && !isOver) {
            return ForcedTokens.NONE;
        }
        return forcedText.cut(Arrays.copyOf(text, length), isStart, place, isOver);
    }

    /** Collects the tokens that the vocabulary and a place have in common. */
    private final class Walk {
        private int[] ids = new int[64];
        private int[] needs = new int[64];
        private int size;

        void from(Place place, int node) {
            for (int child = vocabulary.firstChild(node);
                    child != VocabularyTrie.NONE;
                    child = vocabulary.sibling(child)) {
                Place next = place.after(vocabulary.label(child));
                if (!next.isDead()) {
                    int need = next.need();
                    vocabulary.forEachToken(child, id -> add(id, need));
                    from(next, child);
                }
            }
        }

        void add(int id, int need) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
                needs = Arrays.copyOf(needs, 2 * size);
            }
            ids[size] = id;
            needs[size++] = need;
        }

        AllowedTokens tokens() {
            long[] sorted = new long[size];
            for (int i = 0; i < size; i++) {
                sorted[i] = (long) ids[i] << 32 | needs[i];
            }
            Arrays.sort(sorted);
            int[] sortedIds = new int[size];
            short[] sortedNeeds = new short[size];
            for (int i = 0; i < size; i++) {
                sortedIds[i] = (int) (sorted[i] >>> 32);
                sortedNeeds[i] = (short) sorted[i];
            }
            return new AllowedTokens(sortedIds, sortedNeeds);
        }
    }

    /** @param control see {@link ControlWords} */
    private record Key(Expression expression, int control) {}
}
