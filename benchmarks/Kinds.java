import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.golden.GoldenFolder;
import io.sextant.core.golden.GoldenImages;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.language.AdapterUse;
import io.sextant.core.internal.language.BlockStorage;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.language.SequenceRun;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What each precision makes of the same texts: how far its logits are from those of float32, how often it would choose float32's token, and how probable
 * it finds the right one. The texts are the golden set's answers, and what the embedded model answers in float32 about test scenes; every token is fed as
 * it stands there, so that one other choice does not make all that follow another. Arguments: a folder of scenes, and precisions. Run as {@code benchmarks/README.md} says.
 */
public final class Kinds implements AutoCloseable {
    private static final int BLOCK = 16;
    private static final int BLOCKS = 64;

    /** Tokens of a call. */
    private static final int TOGETHER = 16;

    private final ImageEncoder encoder;
    private final LanguageDecoder decoder;
    private final BlockStorage storage;

    private Kinds(ModelFolder folder, Precision precision, String computed) {
        WeightKind kind =
                switch (precision) {
                    case INT8 -> WeightKind.INT8;
                    case INT4 -> WeightKind.INT4;
                    default -> WeightKind.AS_IS;
                };
        ElementType type = ElementType.valueOf(computed.substring(computed.indexOf('+') + 1).toUpperCase(Locale.ROOT));
        encoder = ImageEncoder.load(folder, ComputeDevice.CPU, type, kind, Optional.empty(), step -> {});
        decoder = LanguageDecoder.load(
                folder, ComputeDevice.CPU, type, kind, false, AdapterUse.MERGED, Optional.empty(), step -> {});
        storage = decoder.newStorage(BLOCKS, BLOCK);
    }

    /**
     * A text that is fed to every precision.
     *
     * @param image it is about; null if about none
     * @param tokens those of the answer
     * @param areRight whether they are the right answer, not only what float32 wrote
     */
    private record Text(RgbImage image, EncodedPrompt prompt, int[] tokens, boolean areRight) {}

    public static void main(String[] arguments) throws IOException {
        List<Precision> precisions = new ArrayList<>(List.of(Precision.FLOAT32));
        for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
            precisions.add(Precision.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        Path golden = GoldenFolder.create(GoldenSet.open(), Files.createTempDirectory("golden"));
        print(precisions, "golden set", golden, goldenTexts(ModelFolder.open(golden)));
        Path embedded = EmbeddedModel.folder();
        print(precisions, "test scenes, embedded model", embedded, sceneTexts(embedded, Path.of(arguments[0])));
    }

    private static List<Text> goldenTexts(ModelFolder folder) {
        GoldenSet set = GoldenSet.open();
        PromptEncoder prompts = new PromptEncoder(LlamaTokenizer.open(folder.tokenizerFolder()));
        List<Text> texts = new ArrayList<>();
        for (JsonElement element : set.json("golden/generation.json").getAsJsonArray("greedy")) {
            JsonObject c = element.getAsJsonObject();
            boolean hasImage = !c.get("image").isJsonNull();
            List<Turn> turns = List.of(Turn.open(GoldenConversation.question(c.get("request").getAsString())));
            int[] ids = c.getAsJsonArray("token_ids").asList().stream().mapToInt(JsonElement::getAsInt).toArray();
            texts.add(new Text(
                    hasImage ? GoldenImages.decoded(set, c.get("image").getAsString()) : null,
                    prompts.encode(turns, hasImage ? 1 : 0, ConversationForm.TRAINING),
                    ids,
                    true));
        }
        return texts;
    }

    /** Questions of {@code vqa} with their right answers, and captions, plain and grounded, with what float32 writes. */
    private static List<Text> sceneTexts(Path folder, Path data) throws IOException {
        LlamaTokenizer tokenizer = LlamaTokenizer.open(ModelFolder.open(folder).tokenizerFolder());
        PromptEncoder prompts = new PromptEncoder(tokenizer);
        ImageDecoder images = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);
        List<Text> texts = new ArrayList<>();
        ModelSettings settings = ModelSettings.builder(folder).device("cpu").precision(Precision.FLOAT32).build();
        try (VisionLanguageModel model = ModelLoader.load(settings)) {
            for (String line : Files.readAllLines(data.resolve("annotations.jsonl"))) {
                JsonObject question = JsonParser.parseString(line).getAsJsonObject();
                String task = question.get("task").getAsString();
                if (question.has("history") || !List.of("vqa", "caption", "grounding").contains(task)) {
                    continue;
                }
                RgbImage image = images.decode(data.resolve(question.get("image").getAsString()));
                String words = question.get("prompt").getAsString();
                List<Turn> turns = List.of(Turn.open(question(task, words)));
                EncodedPrompt prompt = prompts.encode(turns, 1, ConversationForm.TRAINING);
                int[] ids;
                if (task.equals("vqa")) {
                    String answer = question.getAsJsonArray("answers").get(0).getAsString();
                    ids = answerIds(prompts, turns, prompt, answer, tokenizer.eos());
                } else {
                    ids = model.generate(GenerationRequest.builder(List.of(image), turns)
                                    .settings(GenerationSettings.DEFAULT.withMaxNewTokens(200))
                                    .build())
                            .tokens().stream().mapToInt(token -> token.id()).toArray();
                }
                texts.add(new Text(image, prompt, ids, task.equals("vqa")));
            }
        }
        return texts;
    }

    /** As the tasks write it. */
    private static List<PromptSegment> question(String task, String words) {
        String before = task.equals("vqa") ? "Based on the image, respond to this question with a short answer: " : "";
        return List.of(PromptSegment.taskIdentifier(task), PromptSegment.literal(before), PromptSegment.userText(words));
    }

    /** The tokens by which a conversation with the answer is longer than one without, and the end. */
    private static int[] answerIds(PromptEncoder prompts, List<Turn> open, EncodedPrompt prompt, String answer, int eos) {
        List<Turn> answered = List.of(
                Turn.answered(open.get(0).question(), answer), Turn.open(List.of(PromptSegment.userText("x"))));
        int[] all = ids(prompts.encode(answered, 1, ConversationForm.TRAINING), 0);
        int start = prompt.tokenCount();
        int end = start;
        while (all[end] != eos) {
            end++;
        }
        return Arrays.copyOfRange(all, start, end + 1);
    }

    private static void print(List<Precision> precisions, String what, Path folder, List<Text> texts) {
        int count = texts.stream().mapToInt(text -> text.tokens().length).sum();
        System.out.printf("%s: %d texts, %d tokens%n", what, texts.size(), count);
        System.out.println("| precision | largest difference of a logit | mean | tokens float32 would choose too | -ln p of a right token |");
        System.out.println("| --- | --- | --- | --- | --- |");
        List<List<float[]>> exact = new ArrayList<>();
        for (Precision precision : precisions) {
            ModelSettings settings = ModelSettings.builder(folder)
                    .device("cpu")
                    .precision(precision)
                    .build();
            String computed;
            try (VisionLanguageModel model = ModelLoader.load(settings)) {
                computed = model.info().precision();
            }
            try (Kinds kind = new Kinds(ModelFolder.open(folder), precision, computed)) {
                Row row = new Row();
                for (int i = 0; i < texts.size(); i++) {
                    List<float[]> logits = kind.logits(texts.get(i));
                    if (precision == Precision.FLOAT32) {
                        exact.add(logits);
                    }
                    row.add(texts.get(i), logits, exact.get(i));
                }
                System.out.println(row.line(computed));
            }
        }
        System.out.println();
    }

    /** Logits before each token of a text. */
    private List<float[]> logits(Text text) {
        int visual = encoder.dimensions().visualTokens();
        int[] ids = ids(text.prompt(), visual);
        int[] table = IntStream.range(1, BLOCKS).toArray();
        List<float[]> steps = new ArrayList<>();
        try (DeviceTensor embeddings = decoder.embed(ids)) {
            int offset = 0;
            for (PromptPart part : text.prompt().parts()) {
                if (part instanceof PromptPart.Tokens tokens) {
                    offset += tokens.ids().length;
                } else {
                    place(text.image(), embeddings, offset);
                    offset += visual;
                }
            }
            steps.addAll(forward(table, 0, ids.length, embeddings, new int[] {ids.length - 1}));
        }
        for (int start = 0; start < text.tokens().length - 1; start += TOGETHER) {
            int[] fed = Arrays.copyOfRange(
                    text.tokens(), start, Math.min(text.tokens().length - 1, start + TOGETHER));
            try (DeviceTensor embeddings = decoder.embed(fed)) {
                steps.addAll(forward(
                        table, ids.length + start, fed.length, embeddings, IntStream.range(0, fed.length).toArray()));
            }
        }
        return steps;
    }

    private void place(RgbImage image, DeviceTensor embeddings, int offset) {
        byte[] resized = ImagePreprocessor.resize(image, encoder.dimensions().imageSize());
        try (DeviceTensor visual = encoder.encode(ImagePreprocessor.normalise(resized))) {
            decoder.placeVisual(embeddings, offset, visual, 0, encoder.dimensions().visualTokens());
        }
    }

    private List<float[]> forward(int[] table, int start, int count, DeviceTensor embeddings, int[] wanted) {
        try (DeviceTensor hidden = decoder.forward(storage, List.of(new SequenceRun(table, start, count)), embeddings)) {
            return Arrays.asList(decoder.logits(hidden, wanted));
        }
    }

    /** Token ids of a prompt, with so many zeros in the place of an image. */
    private static int[] ids(EncodedPrompt prompt, int visualTokens) {
        int[] ids = new int[prompt.length(visualTokens)];
        int next = 0;
        for (PromptPart part : prompt.parts()) {
            if (part instanceof PromptPart.Tokens tokens) {
                System.arraycopy(tokens.ids(), 0, ids, next, tokens.ids().length);
                next += tokens.ids().length;
            } else {
                next += visualTokens;
            }
        }
        return ids;
    }

    @Override
    public void close() {
        storage.close();
        decoder.close();
        encoder.close();
    }

    /** What one precision makes of all texts. */
    private static final class Row {
        private double largest;
        private double sum;
        private long logits;
        private int tokens;
        private int equal;
        private double surprise;
        private int right;

        void add(Text text, List<float[]> own, List<float[]> exact) {
            for (int i = 0; i < own.size(); i++) {
                float[] row = own.get(i);
                for (int j = 0; j < row.length; j++) {
                    double difference = Math.abs((double) row[j] - exact.get(i)[j]);
                    largest = Math.max(largest, difference);
                    sum += difference;
                }
                logits += row.length;
                tokens++;
                equal += best(row) == best(exact.get(i)) ? 1 : 0;
                if (text.areRight()) {
                    right++;
                    surprise += logSum(row) - row[text.tokens()[i]];
                }
            }
        }

        String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "| `%s` | %.2g | %.2g | %.2f %% | %.4f |",
                    name,
                    largest,
                    sum / logits,
                    100.0 * equal / tokens,
                    surprise / right);
        }

        private static int best(float[] row) {
            int best = 0;
            for (int i = 1; i < row.length; i++) {
                best = row[i] > row[best] ? i : best;
            }
            return best;
        }

        private static double logSum(float[] row) {
            float most = row[best(row)];
            double sum = 0;
            for (float logit : row) {
                sum += Math.exp(logit - most);
            }
            return most + Math.log(sum);
        }
    }
}
