package io.sextant.training.evaluation.familiarity;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear probe: its score is an intercept and a weight for each feature, and above 0 for what is unknown.
 *
 * @param intercept added to the weighted features
 * @param weights one for each feature
 */
public record RidgeProbe(double intercept, List<Double> weights) {
    /*
     * Ridge regression onto -1 (known) and 1 (unknown): features are standardised, and (X'X + penalty I) w = X'y is solved by
     * Cholesky's decomposition. F = features. The weights that come out are for features as they are.
     */
    private static final double UNKNOWN = 1;

    public RidgeProbe {
        weights = List.copyOf(weights);
    }

    /**
     * Fits a probe.
     *
     * @param known features of images the model knows, F each
     * @param unknown features of others
     * @param penalty on the squares of the weights of standardised features, more than 0
     */
    public static RidgeProbe fit(List<double[]> known, List<double[]> unknown, double penalty) {
        List<double[]> rows = new ArrayList<>(known);
        rows.addAll(unknown);
        int count = rows.size();
        int features = rows.get(0).length;
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int i = 0; i < features; i++) {
            for (double[] row : rows) {
                mean[i] += row[i] / count;
            }
            for (double[] row : rows) {
                deviation[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / count;
            }
            deviation[i] = deviation[i] == 0 ? 1 : Math.sqrt(deviation[i]);
        }
        double target = (UNKNOWN * unknown.size() - UNKNOWN * known.size()) / count;
        double[][] products = new double[features][features];
        double[] right = new double[features];
        for (int n = 0; n < count; n++) {
            double[] row = rows.get(n);
            double y = (n < known.size() ? -UNKNOWN : UNKNOWN) - target;
            for (int i = 0; i < features; i++) {
                double xi = (row[i] - mean[i]) / deviation[i];
                right[i] += xi * y;
                for (int j = 0; j <= i; j++) {
                    products[i][j] += xi * (row[j] - mean[j]) / deviation[j];
                }
            }
        }
        for (int i = 0; i < features; i++) {
            products[i][i] += penalty;
        }
        double[] solution = solve(products, right);
        double intercept = target;
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            weights.add(solution[i] / deviation[i]);
            intercept -= solution[i] * mean[i] / deviation[i];
        }
        return new RidgeProbe(intercept, weights);
    }

    /** Above 0 for what is unknown. */
    public double score(double[] features) {
        double score = intercept;
        for (int i = 0; i < features.length; i++) {
            score += weights.get(i) * features[i];
        }
        return score;
    }

    /** @param matrix symmetric and positive definite, of which the lower half is read; overwritten */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
            }
        }
        double[] solution = right.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= matrix[i][k] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                solution[i] -= matrix[k][i] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        return solution;
    }
}
