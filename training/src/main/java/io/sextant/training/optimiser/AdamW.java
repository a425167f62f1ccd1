package io.sextant.training.optimiser;

import io.sextant.training.device.NamedTensor;
import io.sextant.training.device.TrainableModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * AdamW over a model's parameters. What it remembers of their gradients lies on the device beside them; how often each was
 * changed is remembered here. Not thread-safe.
 */
public final class AdamW {
    private final TrainableModel model;
    private final AdamWSettings settings;
    private final Map<String, Long> steps = new LinkedHashMap<>();

    public AdamW(TrainableModel model, AdamWSettings settings) {
        this.model = model;
        this.settings = settings;
    }

    /**
     * Changes the parameters by the gradients collected, and clears those. Gradients that are not finite change nothing.
     *
     * @param rate learning rate of this step
     * @param reached which parameters the step's samples reach; others, such as those of an encoder that saw no image, are left alone, as by torch
     * @return length of all gradients before clipping
     */
    public double step(double rate, Predicate<String> reached) {
        double norm = model.gradientNorm();
        double factor = settings.largestNorm() > 0 && norm > settings.largestNorm() ? settings.largestNorm() / norm : 1;
        if (Double.isFinite(norm)) {
            model.parameters().forEach((name, shape) -> {
                if (reached.test(name)) {
                    change(name, shape.length, rate, factor);
                }
            });
        }
        model.clearGradients();
        return norm;
    }

    private void change(String name, int dimensions, double rate, double factor) {
        long step = steps.merge(name, 1L, Long::sum);
        double decay = ParameterGroups.decays(name, dimensions) ? settings.weightDecay() : 0;
        double stepSize = rate / (1 - Math.pow(settings.beta1(), step));
        double rootCorrection = Math.sqrt(1 - Math.pow(settings.beta2(), step));
        model.program()
                .execute(
                        "adamw",
                        name,
                        factor,
                        rate,
                        decay,
                        settings.beta1(),
                        settings.beta2(),
                        stepSize,
                        rootCorrection,
                        settings.eps());
    }

    /** How often each parameter was changed; parameters that never were are absent. */
    public Map<String, Long> steps() {
        return Map.copyOf(steps);
    }

    /** Puts back what was remembered of a parameter. */
    public void restore(long step, NamedTensor mean, NamedTensor square) {
        model.restoreMoments(mean, square);
        steps.put(mean.name(), step);
    }
}
