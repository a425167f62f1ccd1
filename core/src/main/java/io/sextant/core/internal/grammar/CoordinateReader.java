package io.sextant.core.internal.grammar;

import io.sextant.core.box.BinBox;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads the probabilities of a box's numbers from the steps that wrote them. Tokens may hold one digit, several, or a digit and what
 * follows it. Immutable and thread-safe.
 */
public final class CoordinateReader {
    /*
     * A number is written as a path through digits. At each step on it, a token that was left and ends the number gives that number
     * its probability; the token that was taken leads on to the next step; any other begins numbers nobody went on to tell apart.
     */
    private static final int NO_VALUE = -1;

    private final LlamaTokenizer tokenizer;

    public CoordinateReader(LlamaTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * One token of a box.
     *
     * @param id the token
     * @param left what the grammar had left at its step; {@link MaskedProbabilities#certain} if it was forced
     */
    public record Step(int id, MaskedProbabilities left) {
        public Step {
            Objects.requireNonNull(left, "left");
        }
    }

    /**
     * The four numbers of one box.
     *
     * @param steps the tokens that wrote the box, in order; the first may begin before it and the last go on behind it
     * @return xMin, yMin, xMax, yMax; empty if the tokens do not write one box, or one of them ends a number and begins the next
     */
    public List<CoordinateProbabilities> read(List<Step> steps) {
        List<CoordinateProbabilities> numbers = new ArrayList<>();
        int at = 0;
        while (at < steps.size() && numbers.size() < 4) {
            String text = text(steps.get(at).id());
            if (text.isEmpty() || !isDigit(text.charAt(0))) {
                at++;
                continue;
            }
            int lowest =
                    numbers.size() < 2 ? 0 : numbers.get(numbers.size() - 2).chosen();
            Path path = new Path(lowest);
            int from = at;
            while (at < steps.size() && path.isOpen()) {
                path.take(text(steps.get(at).id()));
                at++;
            }
            if (path.value < lowest || path.value > BinBox.MAX_BIN) {
                return List.of();
            }
            numbers.add(number(steps.subList(from, at), lowest, path.value));
            if (path.isOpen() || path.beginsAnother) {
                return List.of();
            }
        }
        return numbers.size() == 4 ? List.copyOf(numbers) : List.of();
    }

    private CoordinateProbabilities number(List<Step> steps, int lowest, int chosen) {
        double[] masses = new double[BinBox.MAX_BIN + 1];
        double onPath = 1;
        Path path = new Path(lowest);
        for (Step step : steps) {
            String taken = text(step.id());
            double goesOn = 0;
            double all = 0;
            MaskedProbabilities left = step.left();
            for (int i = 0; i < left.count(); i++) {
                String text = text(left.id(i));
                Path other = path.after(text);
                int number = other.nearest(chosen);
                if (number < 0) {
                    continue;
                }
                all += left.probability(i);
                if (text.equals(taken) && other.isOpen()) {
                    goesOn += left.probability(i);
                } else {
                    masses[number] += onPath * left.probability(i);
                }
            }
            path.take(taken);
            onPath *= left.isEmpty() || all == 0 ? 1 : goesOn;
        }
        // Steps of which nothing is known leave their share to the number that was written.
        double sum = 0;
        for (double mass : masses) {
            sum += mass;
        }
        masses[chosen] += Math.max(0, 1 - sum);
        return new CoordinateProbabilities(chosen, masses);
    }

    /** What a token writes, where that is one line of ASCII; else a text that begins no number. */
    private String text(int id) {
        String piece = tokenizer.piece(id);
        if (piece.matches("<0x[0-9A-F]{2}>")) {
            return String.valueOf((char) Integer.parseInt(piece.substring(3, 5), 16));
        }
        return piece;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The digits of a number so far. */
    private static final class Path {
        private final int lowest;
        private int value = NO_VALUE;
        private boolean isOver;
        private boolean beginsAnother;

        Path(int lowest) {
            this.lowest = lowest;
        }

        boolean isOpen() {
            return !isOver;
        }

        void take(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (isOver) {
                    beginsAnother |= isDigit(c);
                } else if (isDigit(c)) {
                    value = Math.min(BinBox.MAX_BIN + 1, value == NO_VALUE ? c - '0' : 10 * value + c - '0');
                } else {
                    isOver = true;
                }
            }
        }

        Path after(String text) {
            Path path = new Path(lowest);
            path.value = value;
            path.isOver = isOver;
            path.take(text);
            return path;
        }

        /** The number that begins so, or is so, and is nearest to another; -1 if there is none. */
        int nearest(int other) {
            if (isOver || value == 0) {
                return value >= lowest && value <= BinBox.MAX_BIN ? value : -1;
            }
            int nearest = -1;
            for (int number = lowest; number <= BinBox.MAX_BIN; number++) {
                boolean begins = number == value || number / 10 == value || number / 100 == value;
                if (begins && (nearest < 0 || Math.abs(number - other) < Math.abs(nearest - other))) {
                    nearest = number;
                }
            }
            return nearest;
        }
    }
}
