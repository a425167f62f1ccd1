package io.sextant.training.device;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import java.util.List;
import java.util.Random;

/**
 * A projection to start from that says in the decoder's own words what the encoder's pre-training has learned: a visual token is
 * the sum of the embeddings of the nouns that its patches show, of directions for their edges and for showing nothing, and of a
 * little of everything else.
 *
 * <p>A decoder that finds words in a text so finds things in an image by the same means. From a random projection it has to learn
 * every noun anew, and once more for each way of asking. Our own; the published model starts from a projection learned before.
 */
public final class AlignedProjection {
    /** A patch that is sure of its noun says it about ten above the others; that makes a third of an embedding. */
    private static final double NOUN_SCALE = 0.03;

    /** Edges lie in 0..1 and a quarter around a half. */
    private static final double EDGE_SCALE = 2;

    private static final double MIDDLE = 0.5;
    private static final int EDGES = 4;

    /** Against embeddings: so long that the first steps of an optimiser do not wipe it out, and as long as the random part. */
    private static final double LENGTH = 30;

    private final VisionDimensions vision;
    private final int width;
    private final NamedTensor head;
    private final NamedTensor headBias;
    private final NamedTensor embeddings;

    /**
     * @param patchHead the linear layer of the encoder's pre-training: nothing, the nouns, four edges
     * @param embeddings of the decoder, (V, D)
     */
    public AlignedProjection(ModelDimensions dimensions, List<NamedTensor> patchHead, NamedTensor embeddings) {
        this.vision = dimensions.vision();
        this.width = dimensions.decoder().hidden();
        this.head = named("patch_head.weight", patchHead);
        this.headBias = named("patch_head.bias", patchHead);
        this.embeddings = embeddings;
    }

    /**
     * Weight and bias of the projection.
     *
     * @param nounPieces the pieces of each noun's name, in the order of the head's classes
     * @param random as it would begin otherwise; what is left of it carries what the head does not say
     */
    public List<NamedTensor> create(List<int[]> nounPieces, List<NamedTensor> random) {
        NamedTensor start = named("llama_proj.weight", random);
        int inputs = vision.projectorInput();
        float[] weight = start.values().clone();
        float[] bias = new float[width];
        for (int patch = 0; patch < vision.patchesPerVisualToken(); patch++) {
            addNouns(nounPieces, patch, weight, bias);
            addEdges(nounPieces.size(), patch, weight, bias);
        }
        return List.of(
                new NamedTensor("llama_proj.weight", start.shape(), weight),
                new NamedTensor("llama_proj.bias", new long[] {width}, bias));
    }

    /** What the head says of nouns and of nothing, each against the mean of all nouns. */
    private void addNouns(List<int[]> nounPieces, int patch, float[] weight, float[] bias) {
        float[] mean = meanNoun(nounPieces.size());
        double meanBias = 0;
        for (int noun = 0; noun < nounPieces.size(); noun++) {
            meanBias += headBias.values()[1 + noun] / nounPieces.size();
        }
        for (int answer = 0; answer <= nounPieces.size(); answer++) {
            float[] row = row(head, answer);
            for (int c = 0; c < row.length; c++) {
                row[c] -= mean[c];
            }
            double[] direction = answer == 0 ? randomDirection(0) : meanEmbedding(nounPieces.get(answer - 1));
            add(weight, patch, direction, row, NOUN_SCALE);
            add(bias, direction, NOUN_SCALE * (headBias.values()[answer] - meanBias));
        }
    }

    /** Each edge of each patch has a direction of its own, so that patches of two objects are not mixed up. */
    private void addEdges(int nouns, int patch, float[] weight, float[] bias) {
        for (int edge = 0; edge < EDGES; edge++) {
            int answer = 1 + nouns + edge;
            double[] direction = randomDirection(1 + EDGES * patch + edge);
            add(weight, patch, direction, row(head, answer), EDGE_SCALE);
            add(bias, direction, EDGE_SCALE * (headBias.values()[answer] - MIDDLE));
        }
    }

    /** As long as an embedding. */
    private double[] randomDirection(int number) {
        Random random = new Random(number);
        double[] direction = new double[width];
        double square = 0;
        for (int d = 0; d < width; d++) {
            direction[d] = random.nextGaussian();
            square += direction[d] * direction[d];
        }
        double length = meanEmbeddingLength();
        for (int d = 0; d < width; d++) {
            direction[d] *= length / Math.sqrt(square);
        }
        return direction;
    }

    /** Adds scale x direction x row to the columns of one patch. */
    private void add(float[] weight, int patch, double[] direction, float[] row, double scale) {
        int inputs = vision.projectorInput();
        for (int d = 0; d < width; d++) {
            int at = d * inputs + patch * row.length;
            for (int c = 0; c < row.length; c++) {
                weight[at + c] += (float) (LENGTH * scale * direction[d] * row[c]);
            }
        }
    }

    private void add(float[] bias, double[] direction, double value) {
        for (int d = 0; d < width; d++) {
            bias[d] += (float) (LENGTH * value * direction[d]);
        }
    }

    private float[] meanNoun(int nouns) {
        float[] mean = new float[vision.width()];
        for (int noun = 0; noun < nouns; noun++) {
            float[] row = row(head, 1 + noun);
            for (int c = 0; c < mean.length; c++) {
                mean[c] += row[c] / nouns;
            }
        }
        return mean;
    }

    private double[] meanEmbedding(int[] pieces) {
        double[] mean = new double[width];
        for (int piece : pieces) {
            float[] row = row(embeddings, piece);
            for (int d = 0; d < width; d++) {
                mean[d] += row[d] / pieces.length;
            }
        }
        return mean;
    }

    private double meanEmbeddingLength() {
        return Math.sqrt(width) * deviation(embeddings.values());
    }

    private static double deviation(float[] values) {
        double square = 0;
        for (float value : values) {
            square += value * value;
        }
        return Math.sqrt(square / values.length);
    }

    private static float[] row(NamedTensor matrix, int index) {
        int width = (int) matrix.shape()[1];
        float[] row = new float[width];
        System.arraycopy(matrix.values(), index * width, row, 0, width);
        return row;
    }

    private static NamedTensor named(String name, List<NamedTensor> tensors) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no tensor " + name));
    }
}
