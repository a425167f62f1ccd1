package io.sextant.training.run;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.image.PngWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws the losses of a stage's log: light dots for steps, a dark line for their running mean, lines across at whole powers of ten
 * and their halves. The loss axis is logarithmic.
 */
final class LossPlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 480;
    private static final int MARGIN = 20;
    private static final int WHITE = 0xFFFFFF;
    private static final int DOT = 0xB8CCE8;
    private static final int LINE = 0x1F4E9C;
    private static final int GRID = 0xE0E0E0;

    private final byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    private final double low;
    private final double high;

    private LossPlot(double low, double high) {
        this.low = low;
        this.high = high;
        Arrays.fill(rgb, (byte) WHITE);
    }

    /** Draws a log; nothing if it has fewer than two rows. */
    static void write(Path log, Path image) {
        try {
            List<Double> losses = losses(log);
            if (losses.size() < 2) {
                return;
            }
            double low = losses.stream().mapToDouble(Math::log10).min().orElse(0);
            double high = losses.stream().mapToDouble(Math::log10).max().orElse(1);
            LossPlot plot = new LossPlot(low, Math.max(high, low + 0.1));
            plot.grid();
            plot.draw(losses);
            Files.write(image, PngWriter.write(WIDTH, HEIGHT, plot.rgb));
        } catch (IOException e) {
            throw new ConfigurationException("The loss plot " + image + " cannot be written: " + e, e);
        }
    }

    private static List<Double> losses(Path log) throws IOException {
        List<Double> losses = new ArrayList<>();
        List<String> rows = Files.readAllLines(log);
        for (String row : rows.subList(1, rows.size())) {
            double loss = Double.parseDouble(row.split(",")[2]);
            if (loss > 0 && Double.isFinite(loss)) {
                losses.add(loss);
            }
        }
        return losses;
    }

    private void grid() {
        for (int power = -6; power <= 3; power++) {
            for (double factor : new double[] {1, 2, 5}) {
                double level = power + Math.log10(factor);
                if (level > low && level < high) {
                    for (int x = MARGIN; x < WIDTH - MARGIN; x++) {
                        dot(x, y(level), GRID);
                    }
                }
            }
        }
    }

    private void draw(List<Double> losses) {
        int count = losses.size();
        for (int i = 0; i < count; i++) {
            dot(x(i, count), y(Math.log10(losses.get(i))), DOT);
        }
        double smoothing = Math.max(0.002, 30.0 / count);
        double mean = losses.get(0);
        int before = y(Math.log10(mean));
        for (int i = 0; i < count; i++) {
            mean += Math.min(1, smoothing) * (losses.get(i) - mean);
            int now = y(Math.log10(mean));
            for (int y = Math.min(before, now); y <= Math.max(before, now); y++) {
                dot(x(i, count), y, LINE);
                dot(x(i, count), y + 1, LINE);
            }
            before = now;
        }
    }

    private static int x(int index, int count) {
        return MARGIN + (int) ((long) index * (WIDTH - 2 * MARGIN - 1) / Math.max(1, count - 1));
    }

    private int y(double level) {
        return MARGIN + (int) Math.round((high - level) / (high - low) * (HEIGHT - 2 * MARGIN - 1));
    }

    private void dot(int x, int y, int colour) {
        int at = 3 * (Math.min(HEIGHT - 1, Math.max(0, y)) * WIDTH + x);
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
    }
}
