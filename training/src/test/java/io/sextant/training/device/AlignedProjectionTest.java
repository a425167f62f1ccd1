package io.sextant.training.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlignedProjectionTest {
    private static final int WIDTH = 96;
    private static final int HIDDEN = 128;
    private static final int PIECES = 12;
    private static final ModelDimensions DIMENSIONS = new ModelDimensions(
            new VisionDimensions(56, 14, WIDTH, 2, 2, 48, 1e-6, 1e-5, 4),
            new DecoderDimensions(HIDDEN, 2, 4, 2, 48, PIECES, 64, 1e-5, 10000),
            new LoraDimensions(4, 4));
    private static final List<int[]> NOUNS = List.of(
            new int[] {3}, new int[] {4, 5}, new int[] {6}, new int[] {7}, new int[] {8, 9}, new int[] {10}, new int[] {
                11
            });

    /** Edges in the middle. */
    private static final NamedTensor BIAS = new NamedTensor(
            "patch_head.bias", new long[] {12}, new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f});

    private final NamedTensor head = head();
    private final NamedTensor embeddings = random("model.embed_tokens.weight", 0.02, PIECES, HIDDEN);
    private final List<NamedTensor> projection = new AlignedProjection(DIMENSIONS, List.of(head, BIAS), embeddings)
            .create(
                    NOUNS,
                    List.of(
                            random("llama_proj.weight", 0.02, HIDDEN, 4 * WIDTH),
                            random("llama_proj.bias", 0.02, HIDDEN)));

    @Test
    void turnsThePatchesOfANounIntoItsEmbedding() {
        for (int noun = 0; noun < NOUNS.size(); noun++) {
            double[] visual = project(noun);
            double[] likeness = new double[NOUNS.size()];
            for (int other = 0; other < NOUNS.size(); other++) {
                likeness[other] = cosine(visual, embedding(other));
            }
            assertThat(likeness[noun]).as("noun %d", noun).isGreaterThan(0.5);
            for (int other = 0; other < NOUNS.size(); other++) {
                assertThat(other == noun ? -1 : likeness[other]).isLessThan(likeness[noun] - 0.3);
            }
        }
    }

    @Test
    void isSomeTimesAsLongAsAnEmbedding() {
        assertThat(length(project(1)) / length(embedding(1))).isBetween(3.0, 30.0);
    }

    /** As trained ones are: edges are told by small weights, nouns by large ones. */
    private static NamedTensor head() {
        NamedTensor head = random("patch_head.weight", 1, NOUNS.size() + 5, WIDTH);
        for (int i = (1 + NOUNS.size()) * WIDTH; i < head.values().length; i++) {
            head.values()[i] *= 0.05f;
        }
        return head;
    }

    /** What becomes of a visual token whose first patch is sure of a noun. */
    private double[] project(int noun) {
        float[] row = row(head, 1 + noun);
        double square = 0;
        for (float value : row) {
            square += value * value;
        }
        float[] weight = projection.get(0).values();
        double[] visual = new double[HIDDEN];
        for (int d = 0; d < HIDDEN; d++) {
            visual[d] = projection.get(1).values()[d];
            for (int c = 0; c < WIDTH; c++) {
                visual[d] += weight[d * 4 * WIDTH + c] * 10 * row[c] / square;
            }
        }
        return visual;
    }

    private double[] embedding(int noun) {
        double[] mean = new double[HIDDEN];
        for (int piece : NOUNS.get(noun)) {
            for (int d = 0; d < HIDDEN; d++) {
                mean[d] += row(embeddings, piece)[d] / NOUNS.get(noun).length;
            }
        }
        return mean;
    }

    private static float[] row(NamedTensor matrix, int index) {
        int width = (int) matrix.shape()[1];
        return Arrays.copyOfRange(matrix.values(), index * width, (index + 1) * width);
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return product / (length(a) * length(b));
    }

    private static double length(double[] a) {
        double square = 0;
        for (double value : a) {
            square += value * value;
        }
        return Math.sqrt(square);
    }

    private static NamedTensor random(String name, double deviation, int... shape) {
        Random random = new Random(name.hashCode());
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return new NamedTensor(name, Arrays.stream(shape).asLongStream().toArray(), values);
    }
}
