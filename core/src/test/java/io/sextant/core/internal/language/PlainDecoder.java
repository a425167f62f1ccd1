package io.sextant.core.internal.language;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.util.Objects;

/**
 * Llama written out in doubles, without cache, batch or libtorch: slow, short and sharing no code with the device program.
 */
final class PlainDecoder {
    private final ModelFolder folder;
    private final DecoderDimensions dimensions;

    PlainDecoder(ModelFolder folder) {
        this.folder = folder;
        this.dimensions = folder.dimensions().decoder();
    }

    /** Logits after the last of some ids. */
    double[] lastLogits(int[] ids) {
        double[][] table = matrix("model.embed_tokens.weight");
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            x[t] = table[ids[t]].clone();
        }
        for (int layer = 0; layer < dimensions.layers(); layer++) {
            String name = "model.layers." + layer + ".";
            add(x, attention(normed(x, name + "input_layernorm.weight"), name + "self_attn."));
            add(x, mlp(normed(x, name + "post_attention_layernorm.weight"), name + "mlp."));
        }
        double[][] last = normed(new double[][] {x[x.length - 1]}, "model.norm.weight");
        return times(last, matrix("lm_head.weight"))[0];
    }

    private double[][] attention(double[][] x, String name) {
        double[][] q = times(x, adapted(name + "q_proj"));
        double[][] k = times(x, matrix(name + "k_proj.weight"));
        double[][] v = times(x, adapted(name + "v_proj"));
        int width = dimensions.headDim();
        double[][] joined = new double[x.length][dimensions.hidden()];
        for (int head = 0; head < dimensions.heads(); head++) {
            int group = head / (dimensions.heads() / dimensions.keyValueHeads());
            for (int t = 0; t < x.length; t++) {
                double[] weights = new double[t + 1];
                double sum = 0;
                for (int s = 0; s <= t; s++) {
                    double score = 0;
                    double[] query = rotated(q[t], head * width, t);
                    double[] key = rotated(k[s], group * width, s);
                    for (int i = 0; i < width; i++) {
                        score += query[i] * key[i];
                    }
                    weights[s] = Math.exp(score / Math.sqrt(width));
                    sum += weights[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < width; i++) {
                        joined[t][head * width + i] += weights[s] / sum * v[s][group * width + i];
                    }
                }
            }
        }
        return times(joined, matrix(name + "o_proj.weight"));
    }

    private double[] rotated(double[] row, int start, int position) {
        int half = dimensions.headDim() / 2;
        double[] turned = new double[2 * half];
        for (int i = 0; i < half; i++) {
            double angle = position / Math.pow(dimensions.ropeTheta(), (double) i / half);
            double first = row[start + i];
            double second = row[start + half + i];
            turned[i] = first * Math.cos(angle) - second * Math.sin(angle);
            turned[half + i] = second * Math.cos(angle) + first * Math.sin(angle);
        }
        return turned;
    }

    private double[][] mlp(double[][] x, String name) {
        double[][] gate = times(x, matrix(name + "gate_proj.weight"));
        double[][] up = times(x, matrix(name + "up_proj.weight"));
        for (int t = 0; t < gate.length; t++) {
            for (int i = 0; i < gate[t].length; i++) {
                gate[t][i] = gate[t][i] / (1 + Math.exp(-gate[t][i])) * up[t][i];
            }
        }
        return times(gate, matrix(name + "down_proj.weight"));
    }

    private double[][] normed(double[][] x, String name) {
        float[] weight = tensor(name).readFloats();
        double[][] result = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double squares = 0;
            for (double value : x[t]) {
                squares += value * value;
            }
            double scale = 1 / Math.sqrt(squares / x[t].length + dimensions.rmsNormEps());
            result[t] = new double[x[t].length];
            for (int i = 0; i < x[t].length; i++) {
                result[t][i] = x[t][i] * scale * weight[i];
            }
        }
        return result;
    }

    /** W + scaling x B A, written out. */
    private double[][] adapted(String name) {
        double[][] weight = matrix(name + ".weight");
        String adapter = "llama_model.base_model.model." + name;
        double[][] down = matrixOf(Objects.requireNonNull(folder.checkpoint().get(adapter + ".lora_A.weight")));
        double[][] up = matrixOf(Objects.requireNonNull(folder.checkpoint().get(adapter + ".lora_B.weight")));
        for (int row = 0; row < weight.length; row++) {
            for (int column = 0; column < weight[row].length; column++) {
                for (int r = 0; r < down.length; r++) {
                    weight[row][column] += folder.dimensions().lora().scaling() * up[row][r] * down[r][column];
                }
            }
        }
        return weight;
    }

    private static void add(double[][] x, double[][] change) {
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < x[t].length; i++) {
                x[t][i] += change[t][i];
            }
        }
    }

    private static double[][] times(double[][] x, double[][] weight) {
        double[][] y = new double[x.length][weight.length];
        for (int t = 0; t < x.length; t++) {
            for (int row = 0; row < weight.length; row++) {
                for (int i = 0; i < x[t].length; i++) {
                    y[t][row] += x[t][i] * weight[row][i];
                }
            }
        }
        return y;
    }

    private double[][] matrix(String name) {
        return matrixOf(tensor(name));
    }

    private StoredTensor tensor(String name) {
        return Objects.requireNonNull(folder.decoder().get(name), name);
    }

    private static double[][] matrixOf(StoredTensor tensor) {
        float[] values = tensor.readFloats();
        int columns = (int) tensor.shape()[1];
        double[][] matrix = new double[values.length / columns][columns];
        for (int i = 0; i < values.length; i++) {
            matrix[i / columns][i % columns] = values[i];
        }
        return matrix;
    }
}
