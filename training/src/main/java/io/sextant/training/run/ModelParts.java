package io.sextant.training.run;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.training.device.InitialWeights;
import io.sextant.training.device.ModelTensors;
import io.sextant.training.device.NamedTensor;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.stage.Part;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a run's model, part by part, in the host's memory.
 *
 * @param tensors of every part
 * @param trained parts that some stage has trained, or answers through; all others are as they were at the beginning
 */
public record ModelParts(Map<Part, List<NamedTensor>> tensors, Set<Part> trained) {
    private static final long SEED = 20230;
    private static final String BLOCK = "blocks.";
    private static final String LAYER = "model.layers.";
    private static final String EMBEDDINGS = "model.embed_tokens.weight";

    public ModelParts {
        tensors = new EnumMap<>(tensors);
        trained = trained.isEmpty() ? Set.of() : EnumSet.copyOf(trained);
    }

    /** All parts as a run begins with them. */
    public static ModelParts initial(ModelDimensions dimensions, int nouns) {
        InitialWeights weights = new InitialWeights(dimensions, SEED);
        ModelTensors model = weights.create();
        Map<Part, List<NamedTensor>> parts = new EnumMap<>(Part.class);
        parts.put(Part.ENCODER, model.encoder());
        parts.put(Part.PATCH_HEAD, weights.patchHead(nouns));
        parts.put(Part.PROJECTION, model.projection());
        parts.put(Part.ADAPTER, model.adapter());
        parts.put(Part.DECODER, model.decoder());
        return new ModelParts(parts, Set.of());
    }

    /** These, with some parts replaced by trained ones. */
    public ModelParts with(Map<Part, List<NamedTensor>> replaced) {
        Map<Part, List<NamedTensor>> parts = new EnumMap<>(tensors);
        parts.putAll(replaced);
        Set<Part> all = EnumSet.noneOf(Part.class);
        all.addAll(trained);
        all.addAll(replaced.keySet());
        return new ModelParts(parts, all);
    }

    /**
     * These, with every tensor of a checkpoint in its place. Those of blocks and layers which an older one does not have stay as they
     * begin.
     */
    ModelParts filledWith(Map<Part, List<NamedTensor>> trained) {
        Map<Part, List<NamedTensor>> filled = new EnumMap<>(Part.class);
        trained.forEach((part, list) -> {
            Map<String, NamedTensor> byName = new HashMap<>();
            list.forEach(tensor -> byName.put(tensor.name(), tensor));
            filled.put(
                    part,
                    of(part).stream()
                            .map(tensor -> byName.getOrDefault(tensor.name(), tensor))
                            .toList());
        });
        return with(filled);
    }

    /** These, with a part that no stage has trained begun in another way. */
    ModelParts beginningWith(Part part, List<NamedTensor> begun) {
        Map<Part, List<NamedTensor>> parts = new EnumMap<>(tensors);
        parts.put(part, begun);
        return new ModelParts(parts, trained);
    }

    /** Patches along a side that the encoder's position embeddings are for. */
    int grid() {
        long positions = of(Part.ENCODER).stream()
                .filter(tensor -> tensor.name().equals(ModelTensors.POSITIONS))
                .findFirst()
                .orElseThrow()
                .shape()[1];
        return (int) Math.round(Math.sqrt(positions - 1.0));
    }

    /** The decoder's table of embeddings. */
    NamedTensor embeddings() {
        return of(Part.DECODER).stream()
                .filter(tensor -> tensor.name().equals(EMBEDDINGS))
                .findFirst()
                .orElseThrow();
    }

    /** These with no more blocks of the encoder and layers of the decoder than a model of these sizes has. */
    ModelParts fittedTo(ModelDimensions dimensions) {
        int blocks = dimensions.vision().blocks();
        int layers = dimensions.decoder().layers();
        Map<Part, List<NamedTensor>> fewer = new EnumMap<>(tensors);
        fewer.put(Part.ENCODER, first(blocks, BLOCK, of(Part.ENCODER)));
        fewer.put(Part.DECODER, first(layers, LAYER, of(Part.DECODER)));
        fewer.put(Part.ADAPTER, first(layers, LAYER, of(Part.ADAPTER)));
        return new ModelParts(fewer, trained);
    }

    /** Without tensors that have a number behind the prefix which is not among the first. */
    private static List<NamedTensor> first(int count, String prefix, List<NamedTensor> tensors) {
        return tensors.stream()
                .filter(tensor -> !tensor.name().startsWith(prefix)
                        || Integer.parseInt(
                                        tensor.name().substring(prefix.length()).split("\\.")[0])
                                < count)
                .toList();
    }

    /** The tensors of one part. */
    public List<NamedTensor> of(Part part) {
        return tensors.getOrDefault(part, List.of());
    }

    /**
     * These, with the blocks and layers of a model and position embeddings for its grid.
     *
     * @param model whose sizes count
     */
    ModelParts fittedTo(TrainableModel model) {
        ModelParts fewer = fittedTo(model.dimensions());
        return fewer.beginningWith(
                Part.ENCODER,
                fewer.of(Part.ENCODER).stream()
                        .map(tensor -> ModelTensors.fitted(tensor, model))
                        .toList());
    }

    /**
     * Gives a model all tensors. The norm behind the encoder stays as it is, as in the reference.
     *
     * @param trains parts that will change
     */
    public void giveTo(TrainableModel model, Set<Part> trains) {
        tensors.forEach((part, list) -> {
            if (trains.contains(part)) {
                model.train(list.stream()
                        .filter(tensor -> isTrainable(tensor.name()))
                        .toList());
                model.freeze(list.stream()
                        .filter(tensor -> !isTrainable(tensor.name()))
                        .toList());
            } else {
                model.freeze(list);
            }
        });
    }

    /** These, with what a model has made of the parts it trains; blocks and layers that it does not have stay as they are. */
    public ModelParts takenFrom(TrainableModel model, Set<Part> trains) {
        Map<Part, List<NamedTensor>> changed = new EnumMap<>(Part.class);
        Set<String> parameters = model.parameters().keySet();
        for (Part part : trains) {
            changed.put(
                    part,
                    of(part).stream()
                            .map(tensor -> parameters.contains(tensor.name()) ? model.parameter(tensor.name()) : tensor)
                            .toList());
        }
        return with(changed);
    }

    private static boolean isTrainable(String name) {
        return !name.startsWith("ln_vision.");
    }
}
