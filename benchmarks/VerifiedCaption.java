import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many of the things that captions name are not there (CHAIR_i), in captions as the model writes them and in what {@code
 * verified-caption} finds a box for, at several least confidences. Run on scenes of {@code ./sextant scenes} as {@code
 * benchmarks/README.md} says.
 */
public final class VerifiedCaption {
    private static final double[] CONFIDENCES = {0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    private VerifiedCaption() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        List<Tally> tallies = new ArrayList<>();
        tallies.add(new Tally("caption"));
        for (double confidence : CONFIDENCES) {
            tallies.add(new Tally("verified-caption, boxes of " + confidence + " and more"));
        }
        Path folder = EmbeddedModel.folder();
        try (VisionLanguageModel model = ModelLoader.load(ModelSettings.of(folder))) {
            TaskRunner tasks = ModelTaskRunner.builder(
                            model,
                            TaskRegistries.discover(Map.of("verified-caption", Map.of("min-confidence", "0")), List.of()))
                    .calibration(ConfidenceCalibration.ofFolder(folder))
                    .build();
            ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);
            for (String line : Files.readAllLines(data.resolve("annotations.jsonl"))) {
                JsonObject question = JsonParser.parseString(line).getAsJsonObject();
                if (question.get("task").getAsString().equals("caption") && !question.has("history")) {
                    RgbImage image = decoder.decode(data.resolve(question.get("image").getAsString()));
                    Set<String> there = new HashSet<>();
                    question.getAsJsonArray("objects").forEach(noun -> there.add(noun.getAsString()));
                    TaskOutcome outcome = tasks.run(
                            "verified-caption",
                            TaskInput.about(image, question.get("prompt").getAsString()));
                    count(outcome, there, tallies);
                }
            }
        }
        tallies.forEach(tally -> System.out.println(tally.line()));
    }

    private static void count(TaskOutcome outcome, Set<String> there, List<Tally> tallies) {
        tallies.get(0).add(said(outcome.text()), there);
        TaskResult.Phrases found = (TaskResult.Phrases) outcome.result();
        for (int i = 0; i < CONFIDENCES.length; i++) {
            Set<String> supported = new HashSet<>();
            for (LocatedPhrase phrase : found.phrases()) {
                if (!phrase.boxes().isEmpty() && phrase.confidence() >= CONFIDENCES[i]) {
                    supported.addAll(said(phrase.text()));
                }
            }
            tallies.get(1 + i).add(supported, there);
        }
    }

    private static Set<String> said(String text) {
        Set<String> said = new HashSet<>();
        String words = " " + text.toLowerCase(Locale.ROOT).replaceAll("[^a-z'-]+", " ") + " ";
        for (Noun noun : Nouns.load().list()) {
            if (words.contains(" " + noun.name() + " ") || words.contains(" " + noun.plural() + " ")) {
                said.add(noun.name());
            }
        }
        return said;
    }

    /** Counts over all captions. */
    private static final class Tally {
        private final String name;
        private int captions;
        private int faulty;
        private int said;
        private int wrong;
        private int there;

        Tally(String name) {
            this.name = name;
        }

        void add(Set<String> nouns, Set<String> truth) {
            Set<String> extra = new HashSet<>(nouns);
            extra.removeAll(truth);
            captions++;
            faulty += extra.isEmpty() ? 0 : 1;
            said += nouns.size();
            wrong += extra.size();
            there += truth.size();
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-45s CHAIR_i %.1f %%, CHAIR_s %.1f %%, recall %.1f %% (%d captions, %d nouns)",
                    name,
                    100.0 * wrong / Math.max(1, said),
                    100.0 * faulty / captions,
                    100.0 * (said - wrong) / there,
                    captions,
                    said);
        }
    }
}
