package io.sextant.training.evaluation.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.box.PixelBox;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The scores of the reference's evaluation scripts, item by item where the golden set has them, and in sum. */
class MetricsGoldenTest {
    /** Percentages of VQA's scorer are rounded to two digits; the others are stated as computed. */
    private static final double ROUNDING = 1e-9;

    @Test
    void scoresOkVqa() {
        JsonObject golden = section("okvqa");
        List<JsonObject> items = items(golden);
        Coverage coverage = coverage("OK-VQA", items);
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.get(i);
            String answer = text(item, "model_answer");
            assertThat(AnswerNormaliser.normalise(BenchmarkScores.cleaned(answer)))
                    .isEqualTo(text(item, "normalised_answer"));
            assertThat(texts(item, "ground_truth").stream()
                            .map(AnswerNormaliser::normalise)
                            .toList())
                    .isEqualTo(texts(item, "normalised_ground_truth"));
            double percent = rounded(100 * BenchmarkScores.okVqa(answer, texts(item, "ground_truth")));
            coverage.compareExactly(String.valueOf(i), percent, number(item, "accuracy_percent"));
        }
        coverage.assertComplete();
        assertThat(rounded(mean(
                        items, item -> BenchmarkScores.okVqa(text(item, "model_answer"), texts(item, "ground_truth")))))
                .isEqualTo(number(golden, "overall_percent"));
    }

    @Test
    void scoresReferringExpressions() {
        JsonObject golden = section("refcoco");
        List<JsonObject> items = items(golden);
        Coverage coverage = coverage("RefCOCO", items);
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.get(i);
            String answer = text(item, "model_answer");
            PixelBox truth = box(item);
            int width = item.get("width").getAsInt();
            int height = item.get("height").getAsInt();
            assertThat(BenchmarkScores.isBoxAnswer(answer))
                    .as(answer)
                    .isEqualTo(item.get("valid_format").getAsBoolean());
            if (item.has("iou")) {
                assertThat(BenchmarkScores.overlap(answer, truth, width, height).orElseThrow())
                        .as(answer)
                        .isEqualTo(number(item, "iou"), within(1e-9));
            }
            coverage.compareExactly(
                    String.valueOf(i),
                    BenchmarkScores.isReferCorrect(answer, truth, width, height),
                    item.get("correct").getAsBoolean());
        }
        coverage.assertComplete();
        double accuracy = mean(
                items,
                item -> share(BenchmarkScores.isReferCorrect(
                        text(item, "model_answer"),
                        box(item),
                        item.get("width").getAsInt(),
                        item.get("height").getAsInt())));
        assertThat(accuracy).isEqualTo(number(golden, "accuracy_percent"), within(ROUNDING));
    }

    @Test
    void scoresVizWiz() {
        JsonObject golden = section("vizwiz");
        List<JsonObject> items = items(golden);
        Coverage coverage = coverage("VizWiz", items);
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.get(i);
            double percent = 100 * BenchmarkScores.vizWiz(text(item, "model_answer"), texts(item, "ground_truth"));
            assertThat(percent).isEqualTo(number(item, "accuracy_percent"), within(ROUNDING));
            coverage.compared(String.valueOf(i));
        }
        coverage.assertComplete();
        double accuracy =
                mean(items, item -> BenchmarkScores.vizWiz(text(item, "model_answer"), texts(item, "ground_truth")));
        assertThat(accuracy).isEqualTo(number(golden, "accuracy_percent"), within(ROUNDING));
    }

    @Test
    void scoresGqaVsrAndHatefulMemes() {
        compareAccuracy(
                "gqa",
                item -> share(BenchmarkScores.isGqaCorrect(text(item, "model_answer"), text(item, "ground_truth"))));
        compareAccuracy("vsr", item -> share(BenchmarkScores.isVsrCorrect(text(item, "model_answer"), label(item))));
        compareAccuracy(
                "hm", item -> share(BenchmarkScores.isHatefulMemesCorrect(text(item, "model_answer"), label(item))));
    }

    private static void compareAccuracy(String name, ToDoubleFunction<JsonObject> score) {
        JsonObject golden = section(name);
        List<JsonObject> items = items(golden);
        Coverage coverage = new Coverage(name, List.of("accuracy of " + items.size() + " items"));
        assertThat(mean(items, score)).as(name).isEqualTo(number(golden, "accuracy_percent"), within(ROUNDING));
        coverage.compared("accuracy of " + items.size() + " items");
        coverage.assertComplete();
    }

    private static JsonObject section(String name) {
        return GoldenSet.open().json("metrics.json").getAsJsonObject(name);
    }

    private static List<JsonObject> items(JsonObject section) {
        JsonArray items = section.getAsJsonArray("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static Coverage coverage(String subject, List<JsonObject> items) {
        return new Coverage(
                subject,
                IntStream.range(0, items.size()).mapToObj(String::valueOf).toList());
    }

    private static double mean(List<JsonObject> items, ToDoubleFunction<JsonObject> score) {
        return 100 * items.stream().mapToDouble(score).average().orElseThrow();
    }

    private static PixelBox box(JsonObject item) {
        double[] box = StreamSupport.stream(item.getAsJsonArray("bbox_xywh").spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
        return new PixelBox(box[0], box[1], box[0] + box[2], box[1] + box[3]);
    }

    private static boolean label(JsonObject item) {
        return item.get("label").getAsInt() == 1;
    }

    private static double share(boolean isCorrect) {
        return isCorrect ? 1 : 0;
    }

    private static double rounded(double percent) {
        return Math.round(percent * 100) / 100.0;
    }

    private static String text(JsonObject item, String name) {
        return item.get(name).getAsString();
    }

    private static double number(JsonObject item, String name) {
        return item.get(name).getAsDouble();
    }

    private static List<String> texts(JsonObject item, String name) {
        return StreamSupport.stream(item.getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
