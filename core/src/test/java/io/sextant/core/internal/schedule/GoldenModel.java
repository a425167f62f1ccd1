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
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.language.AdapterUse;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.language.SpecialTokens;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The set's model, put together as the loader does, with its parts in reach. */
final class GoldenModel implements AutoCloseable {
    final GoldenSet set;
    final LlamaTokenizer tokenizer;
    final PromptEncoder promptEncoder;
    final ImageEncoder encoder;
    final LanguageDecoder decoder;
    final PromptComputer prompts;
    final SharedModel model;

    GoldenModel(GoldenSet set, Path directory, long imageCacheBytes) {
        this.set = set;
        ModelFolder folder = ModelFolder.open(GoldenFolder.create(set, directory));
        tokenizer = LlamaTokenizer.open(folder.tokenizerFolder());
        promptEncoder = new PromptEncoder(tokenizer);
        encoder = ImageEncoder.load(folder, ComputeDevice.CPU, ElementType.FLOAT32);
        decoder = LanguageDecoder.load(folder, ComputeDevice.CPU, ElementType.FLOAT32, AdapterUse.APPLIED);
        prompts = new PromptComputer(encoder, decoder, imageCacheBytes);
        ModelInfo info = new ModelInfo(
                folder.name(),
                folder.fingerprint(),
                encoder.dimensions().imageSize(),
                encoder.dimensions().visualTokens(),
                decoder.dimensions().contextLength(),
                "cpu",
                "float32");
        model = new SharedModel(info, tokenizer, promptEncoder, encoder, decoder, imageCacheBytes);
    }

    SpecialTokens special() {
        return new SpecialTokens(tokenizer.bos(), tokenizer.eos());
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
        prompts.close();
        model.close();
    }
}
