package io.sextant.app.ask;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.core.Decoding;
import io.sextant.core.GenerationSettings;
import io.sextant.routes.config.DecodingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to answer, where it shall differ from {@code sextant.generation}. */
@RegisterForReflection
final class GenerationOptions {
    private static final Map<String, String> OPTIONS = Map.of(
            "maxNewTokens", "--max-new-tokens",
            "temperature", "--temperature",
            "topK", "--top-k",
            "topP", "--top-p",
            "count", "--beams",
            "repetitionPenalty", "--repetition-penalty");

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
     * @param decodings what holds of a decoding that an option chooses, where no option says otherwise
     * @throws ParameterException if options contradict each other or are out of range
     */
    GenerationSettings apply(GenerationSettings configured, DecodingSettings decodings) {
        List<String> problems = new ArrayList<>();
        GenerationSettings settings = configured;
        try {
            settings = settings.withDecoding(decoding(configured.decoding(), decodings));
        } catch (IllegalArgumentException e) {
            problems.add(named(e));
        }
        try {
            settings = maxNewTokens == null ? settings : settings.withMaxNewTokens(maxNewTokens);
        } catch (IllegalArgumentException e) {
            problems.add(named(e));
        }
        try {
            settings = repetitionPenalty == null ? settings : settings.withRepetitionPenalty(repetitionPenalty);
        } catch (IllegalArgumentException e) {
            problems.add(named(e));
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("; ", problems));
        }
        return settings;
    }

    /** The settings' messages begin with what is wrong by its name in code. */
    private static String named(IllegalArgumentException problem) {
        String text = String.valueOf(problem.getMessage());
        int end = text.indexOf(' ');
        String option = end < 0 ? null : OPTIONS.get(text.substring(0, end));
        return option == null ? text : option + text.substring(end);
    }

    private Decoding decoding(Decoding configured, DecodingSettings decodings) {
        boolean isSampled = temperature != null || topK != null || topP != null || seed != null;
        if (beams != null) {
            if (isSampled) {
                throw new IllegalArgumentException(
                        "--beams takes the best answer and leaves nothing to chance; use it without --temperature,"
                                + " --top-k, --top-p and --seed");
            }
            return beams == 1
                    ? new Decoding.Greedy()
                    : new Decoding.Beams(beams, decodings.beams().lengthPenalty());
        }
        if (!isSampled) {
            return configured;
        }
        if (temperature != null && temperature == 0) {
            return new Decoding.Greedy();
        }
        Decoding.Sampling base = decodings.sampling();
        return new Decoding.Sampling(
                temperature == null ? base.temperature() : temperature,
                topK == null ? base.topK() : topK,
                topP == null ? base.topP() : topP,
                seed == null ? base.seed() : seed);
    }
}
