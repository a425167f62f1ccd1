package io.sextant.core.internal.schedule;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.FinishReason;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelInfo;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.golden.GoldenFolder;
import io.sextant.core.golden.GoldenImages;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.BlockLease;
import io.sextant.core.internal.cache.BlockPool;
import io.sextant.core.internal.cache.BlockTable;
import io.sextant.core.internal.cache.PrefixCache;
import io.sextant.core.internal.grammar.GrammarCompiler;
import io.sextant.core.internal.language.AdapterUse;
import io.sextant.core.internal.language.BlockStorage;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.sequence.AnswerSearch;
import io.sextant.core.internal.sequence.Generation;
import io.sextant.core.internal.sequence.Sequence;
import io.sextant.core.internal.sequence.SpecialTokens;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The set's model, put together as the loader does, with its parts in reach. */
final class GoldenModel implements AutoCloseable {
    final GoldenSet set;
    final LlamaTokenizer tokenizer;
    final PromptEncoder promptEncoder;
    final ImageEncoder encoder;
    final LanguageDecoder decoder;
    final SharedModel model;

    GoldenModel(GoldenSet set, Path directory, long cacheBytes) {
        this(set, directory, cacheBytes, ElementType.FLOAT32);
    }

    GoldenModel(GoldenSet set, Path directory, long cacheBytes, ElementType precision) {
        this.set = set;
        ModelFolder folder = ModelFolder.open(GoldenFolder.create(set, directory));
        tokenizer = LlamaTokenizer.open(folder.tokenizerFolder());
        promptEncoder = new PromptEncoder(tokenizer);
        encoder = ImageEncoder.load(folder, set.device(), precision);
        decoder = LanguageDecoder.load(folder, set.device(), precision, AdapterUse.APPLIED);
        ModelInfo info = new ModelInfo(
                folder.name(),
                folder.fingerprint(),
                encoder.dimensions().imageSize(),
                encoder.dimensions().visualTokens(),
                decoder.dimensions().contextLength(),
                set.device().name(),
                precision.name());
        model = new SharedModel(
                info,
                tokenizer,
                promptEncoder,
                List.of(new SharedModel.Weights(encoder, decoder)),
                cacheBytes,
                1000,
                32);
    }

    /**
     * Logits after a prompt, and after each of the tokens that follow it, one position a call; computed apart from the shared model.
     *
     * @param following all but the last are fed
     */
    List<float[]> logits(EncodedPrompt prompt, List<RgbImage> images, int[] following) {
        int positions = prompt.length(encoder.dimensions().visualTokens()) + following.length;
        int[] blocks = IntStream.rangeClosed(1, positions / 16 + 1).toArray();
        List<float[]> steps = new ArrayList<>();
        try (OwnSteps device = new OwnSteps(blocks.length)) {
            steps.add(device.prefill(prompt, images, blocks));
            int start = prompt.length(encoder.dimensions().visualTokens());
            for (int i = 0; i + 1 < following.length; i++) {
                steps.add(device.logits(
                        new ModelWork(blocks, start + i, new int[] {following[i]}, List.of(), List.of(), true)));
            }
        }
        return steps;
    }

    /** An answer found step by step, apart from the shared model, so that its score can be seen. */
    Generation search(EncodedPrompt prompt, List<RgbImage> images, GenerationSettings settings) {
        int length = prompt.length(encoder.dimensions().visualTokens());
        PrefixCache cache = new PrefixCache(new BlockPool(1000, 16));
        try (OwnSteps device = new OwnSteps(1000);
                BlockLease lease = cache.lease(
                        AnswerSearch.width(settings) * cache.ownBlocks(0, length + settings.maxNewTokens()))) {
            Sequence start = new Sequence(BlockTable.empty(lease), 0, tokenizer.bos());
            SpecialTokens special = new SpecialTokens(tokenizer.bos(), tokenizer.eos());
            try (AnswerSearch search = AnswerSearch.of(
                    settings,
                    special,
                    start,
                    lease,
                    new GrammarCompiler(tokenizer).compile(AnswerGrammar.free()).start(),
                    settings.maxNewTokens())) {
                List<BlockCopy> copies = new ArrayList<>();
                float[] first = device.prefill(prompt, images, start.blocksFor(length));
                start.advance(length);
                search.take(List.of(first), copies);
                while (!search.isFinished()) {
                    if (!copies.isEmpty()) {
                        device.steps.copy(copies);
                        copies.clear();
                    }
                    List<float[]> logits = new ArrayList<>();
                    for (Sequence sequence : search.open()) {
                        logits.add(device.logits(new ModelWork(
                                sequence.blocksForPending(),
                                sequence.computed(),
                                sequence.pending(),
                                List.of(),
                                List.of(),
                                true)));
                        sequence.advance(sequence.pending().length);
                    }
                    search.take(logits, copies);
                }
                return search.result();
            }
        }
    }

    /** Steps with a cache of their own on the model's encoder and decoder, which they do not close. */
    private final class OwnSteps implements AutoCloseable {
        private final BlockStorage storage;
        private final EncodedImages encoded = new EncodedImages(DecoderSteps.KEPT_IMAGES);
        private final DecoderSteps steps;

        OwnSteps(int blocks) {
            storage = decoder.newStorage(blocks + 1, 16);
            steps = new DecoderSteps(encoder, decoder, storage, encoded);
        }

        /** Logits after a prompt. */
        float[] prefill(EncodedPrompt prompt, List<RgbImage> images, int[] blocks) {
            int side = encoder.dimensions().imageSize();
            List<ImageKey> keys = images.stream().map(ImageKey::of).toList();
            List<ResizedImage> resized = images.stream()
                    .map(image -> new ResizedImage(ImageKey.of(image), ImagePreprocessor.resize(image, side)))
                    .toList();
            resized.stream().filter(image -> !steps.isEncoded(image.key())).forEach(steps::encode);
            float[] last = {};
            for (PromptPiece piece :
                    PromptPiece.cut(prompt, keys, encoder.dimensions().visualTokens())) {
                last = logits(new ModelWork(blocks, piece.start(), piece.ids(), piece.images(), resized, true));
            }
            return last;
        }

        float[] logits(ModelWork work) {
            return Objects.requireNonNull(steps.compute(List.of(work)).get(0));
        }

        @Override
        public void close() {
            encoded.close();
            storage.close();
        }
    }

    RgbImage image(String name) {
        return GoldenImages.decoded(set, name);
    }

    /** The images a golden case names, in {@code image} or {@code images}. */
    List<RgbImage> images(JsonObject golden) {
        List<RgbImage> images = new ArrayList<>();
        if (golden.has("image") && !golden.get("image").isJsonNull()) {
            images.add(image(golden.get("image").getAsString()));
        }
        if (golden.has("images")) {
            golden.getAsJsonArray("images").forEach(name -> images.add(image(name.getAsString())));
        }
        return images;
    }

    EncodedPrompt encode(GoldenConversation conversation) {
        return promptEncoder.encode(conversation.turns(), conversation.imageCount(), conversation.form());
    }

    /** The text tokens of a prompt, one list a stretch. */
    static List<List<Integer>> tokenStretches(EncodedPrompt prompt) {
        List<List<Integer>> stretches = new ArrayList<>();
        for (PromptPart part : prompt.parts()) {
            if (part instanceof PromptPart.Tokens tokens) {
                List<Integer> ids = new ArrayList<>();
                for (int id : tokens.ids()) {
                    ids.add(id);
                }
                stretches.add(ids);
            }
        }
        return stretches;
    }

    static GenerationSettings settings(int maxNewTokens, double repetitionPenalty) {
        return GenerationSettings.DEFAULT.withMaxNewTokens(maxNewTokens).withRepetitionPenalty(repetitionPenalty);
    }

    static int[] ids(JsonElement array) {
        JsonArray ids = array.getAsJsonArray();
        return ids.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    }

    static FinishReason finish(JsonObject golden) {
        return golden.get("finish").getAsString().equals("eos") ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH;
    }

    @Override
    public void close() {
        model.close();
    }
}
