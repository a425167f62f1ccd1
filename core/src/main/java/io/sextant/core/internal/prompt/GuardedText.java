package io.sextant.core.internal.prompt;

import java.util.BitSet;

/** Text that knows which of its characters are not trusted. Used by one thread. */
final class GuardedText {
    private final StringBuilder text = new StringBuilder();
    private final BitSet untrusted = new BitSet();

    void append(CharSequence words, boolean isTrusted) {
        int start = text.length();
        text.append(words);
        untrusted.set(start, text.length(), !isTrusted);
    }

    /** The same text with one untrusted blank before every place of a set. */
    GuardedText withBlanksAt(BitSet places) {
        GuardedText result = new GuardedText();
        int from = 0;
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            result.copy(this, from, place);
            result.append(" ", false);
            from = place;
        }
        result.copy(this, from, text.length());
        return result;
    }

    /** The first place at or after one that is not trusted, or the length if there is none. */
    int firstUntrusted(int from) {
        int place = untrusted.nextSetBit(from);
        return place < 0 ? text.length() : place;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    boolean endsBlank() {
        return isEmpty() || PythonText.isSpace(text.charAt(text.length() - 1));
    }

    int length() {
        return text.length();
    }

    int codePointAt(int place) {
        return text.codePointAt(place);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void copy(GuardedText source, int from, int to) {
        int start = text.length();
        text.append(source.text, from, to);
        for (int i = source.firstUntrusted(from); i < to; i = source.firstUntrusted(i + 1)) {
            untrusted.set(start + i - from);
        }
    }
}
