package io.sextant.training.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Says how a stage is going: step, smoothed loss, samples per second of this session, time left. On a terminal one line is written
 * anew; elsewhere there is a line every minute.
 */
final class ProgressLine {
    private static final double SMOOTHING = 0.02;
    private static final long TERMINAL_NANOS = Duration.ofMillis(500).toNanos();
    private static final long FILE_NANOS = Duration.ofMinutes(1).toNanos();

    private final PrintWriter out;
    private final boolean isTerminal;
    private final String stage;
    private final long steps;
    private final long samplesPerStep;
    private final long startNanos;
    private long firstStep = -1;
    private long lastNanos;
    private double smoothed = Double.NaN;

    ProgressLine(PrintWriter out, boolean isTerminal, String stage, long steps, long samplesPerStep, long startNanos) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.stage = stage;
        this.steps = steps;
        this.samplesPerStep = samplesPerStep;
        this.startNanos = startNanos;
    }

    /** @param step done just now, counted from 1 */
    void update(long step, double loss, long nanos) {
        if (firstStep < 0) {
            firstStep = step - 1;
        }
        smoothed = Double.isNaN(smoothed) ? loss : smoothed + SMOOTHING * (loss - smoothed);
        if (nanos - lastNanos >= (isTerminal ? TERMINAL_NANOS : FILE_NANOS) || step == steps) {
            lastNanos = nanos;
            double seconds = Math.max(1e-9, (nanos - startNanos) / 1e9);
            double stepsPerSecond = (step - firstStep) / seconds;
            Duration left = Duration.ofSeconds((long) ((steps - step) / Math.max(1e-9, stepsPerSecond)));
            String line = String.format(
                    Locale.ROOT,
                    "%s  step %d/%d  loss %.4f  %.1f samples/s  %d:%02d:%02d left",
                    stage,
                    step,
                    steps,
                    smoothed,
                    stepsPerSecond * samplesPerStep,
                    left.toHours(),
                    left.toMinutesPart(),
                    left.toSecondsPart());
            out.print(isTerminal ? "\r" + line + "  " : line + System.lineSeparator());
            out.flush();
        }
    }

    /** A line of its own. */
    void say(String line) {
        out.println(isTerminal ? System.lineSeparator() + line : line);
        out.flush();
    }
}
