package io.sextant.training.objective;

import io.sextant.training.stage.DataShare;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws data sets by their ratios. */
record MixSampler(List<DataShare> shares) {
    MixSampler {
        shares = List.copyOf(shares);
    }

    DataShare draw(RandomGenerator random) {
        double sum = shares.stream().mapToDouble(DataShare::ratio).sum();
        double left = random.nextDouble() * sum;
        for (DataShare share : shares) {
            left -= share.ratio();
            if (left < 0) {
                return share;
            }
        }
        return shares.get(shares.size() - 1);
    }
}
