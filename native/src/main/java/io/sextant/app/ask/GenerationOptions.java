package io.sextant.app.ask;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.core.Decoding;
import io.sextant.core.GenerationSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to answer, where it shall differ from {@code sextant.generation}. */
@RegisterForReflection
final class GenerationOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Longest answer in tokens.")
    private @Nullable Integer maxNewTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Choose the next token at random: below 1 sharpens, above 1 flattens. 0 is greedy.")
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Random choice among this many tokens; 0 is all.")
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Random choice among the tokens that together reach this probability, 0 to 1.")
    private @Nullable Double topP;

    @Option(names = "--seed", paramLabel = "N", description = "Random choice: the same seed, the same answer.")
    private @Nullable Long seed;

    @Option(names = "--beams", paramLabel = "N", description = "Keep this many continuations and take the best.")
    private @Nullable Integer beams;

    @Option(names = "--repetition-penalty", paramLabel = "X", description = "Over 1 discourages repetition.")
    private @Nullable Double repetitionPenalty;

    /**
     * The settings to answer with.
     *
     * @param configured what holds where no option says otherwise
     * @throws ParameterException if options contradict each other or are out of range
     */
    GenerationSettings apply(GenerationSettings configured) {
        try {
            GenerationSettings settings = configured.withDecoding(decoding(configured.decoding()));
            if (maxNewTokens != null) {
                settings = settings.withMaxNewTokens(maxNewTokens);
            }
            if (repetitionPenalty != null) {
                settings = settings.withRepetitionPenalty(repetitionPenalty);
            }
            return settings;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Decoding decoding(Decoding configured) {
        boolean isSampled = temperature != null || topK != null || topP != null || seed != null;
        if (beams != null) {
            if (isSampled) {
                throw new IllegalArgumentException(
                        "--beams takes the best answer and leaves nothing to chance; use it without --temperature,"
                                + " --top-k, --top-p and --seed");
            }
            return beams == 1 ? new Decoding.Greedy() : new Decoding.Beams(beams, 1.0);
        }
        if (!isSampled) {
            return configured;
        }
        if (temperature != null && temperature == 0) {
            return new Decoding.Greedy();
        }
        Decoding.Sampling base =
                configured instanceof Decoding.Sampling sampling ? sampling : Decoding.Sampling.demo(0);
        return new Decoding.Sampling(
                temperature == null ? base.temperature() : temperature,
                topK == null ? base.topK() : topK,
                topP == null ? base.topP() : topP,
                seed == null ? base.seed() : seed);
    }
}
