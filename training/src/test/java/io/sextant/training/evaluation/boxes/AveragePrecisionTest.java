package io.sextant.training.evaluation.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.box.PixelBox;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragePrecisionTest {
    /** pycocotools adds 2^-52 to what it divides by, and takes widths for edges. */
    private static final Offset<Double> ROUNDING = within(1e-12);

    private static final PixelBox HERE = new PixelBox(0, 0, 100, 100);
    private static final PixelBox THERE = new PixelBox(200, 200, 300, 300);
    private static final PixelBox NOWHERE = new PixelBox(350, 0, 390, 40);

    @ParameterizedTest(name = "case {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void agreesWithPycocotools(int number) throws Exception {
        JsonObject example;
        try (InputStream stream = Objects.requireNonNull(getClass().getResourceAsStream("coco.json"))) {
            example = JsonParser.parseReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("cases")
                    .get(number)
                    .getAsJsonObject();
        }
        JsonObject expected = example.getAsJsonObject("expected");

        AveragePrecision precision =
                AveragePrecision.of(answers(example.getAsJsonArray("answers"))).orElseThrow();

        assertThat(precision.at50()).isCloseTo(expected.get("ap50").getAsDouble(), ROUNDING);
        assertThat(precision.at50To95()).isCloseTo(expected.get("ap50_95").getAsDouble(), ROUNDING);
        assertThat(precision.classes()).isEqualTo(expected.get("classes").getAsInt());
    }

    @Test
    void perfectBoxesHaveAllOfItAndNoneHaveNothing() {
        List<NamedBox> truths = List.of(dog(HERE), dog(THERE));
        assertThat(of(new ImageBoxes(List.of(said(HERE, 0.2), said(THERE, 0.9)), truths)))
                .isEqualTo(new AveragePrecision(1, 1, 1));
        assertThat(of(new ImageBoxes(List.of(), truths))).isEqualTo(new AveragePrecision(0, 0, 1));
    }

    @Test
    void aWrongBoxCostsAsMuchAsItsConfidence() {
        // Right, wrong, right: precision 1 up to a recall of 1/2 (51 of the 101 recalls), then 2/3.
        List<NamedBox> truths = List.of(dog(HERE), dog(THERE));
        assertThat(of(new ImageBoxes(List.of(said(HERE, 0.9), said(NOWHERE, 0.5), said(THERE, 0.1)), truths))
                        .at50())
                .isCloseTo((51 + 50 * 2.0 / 3) / 101, ROUNDING);
        // Wrong first: 1/2 and 2/3 come to 2/3 everywhere.
        assertThat(of(new ImageBoxes(List.of(said(HERE, 0.5), said(NOWHERE, 0.9), said(THERE, 0.1)), truths))
                        .at50())
                .isCloseTo(2.0 / 3, ROUNDING);
        // Wrong last: it costs nothing.
        assertThat(of(new ImageBoxes(List.of(said(HERE, 0.5), said(NOWHERE, 0.1), said(THERE, 0.9)), truths))
                        .at50())
                .isEqualTo(1);
    }

    @Test
    void everyTrueBoxIsMetOnce() {
        assertThat(of(new ImageBoxes(List.of(said(HERE, 0.9), said(HERE, 0.8)), List.of(dog(HERE), dog(THERE))))
                        .at50())
                .isCloseTo(51.0 / 101, ROUNDING);
    }

    @Test
    void looseBoxesCountAtLowOverlapsOnly() {
        // An IoU of 0.72 is enough for 0.5, 0.55, 0.6, 0.65 and 0.7 of the ten.
        PixelBox loose = new PixelBox(0, 0, 100, 72);
        assertThat(of(new ImageBoxes(List.of(said(loose, 0.9)), List.of(dog(HERE)))))
                .isEqualTo(new AveragePrecision(1, 0.5, 1));
    }

    @Test
    void isTheMeanOverNounsThatHaveATrueBox() {
        NamedBox cat = new NamedBox("cat", HERE);
        ScoredBox sun = new ScoredBox(new NamedBox("sun", HERE), 1);
        assertThat(of(new ImageBoxes(List.of(said(HERE, 0.9), sun), List.of(dog(HERE), cat))))
                .isEqualTo(new AveragePrecision(0.5, 0.5, 2));
        assertThat(AveragePrecision.of(List.of(new ImageBoxes(List.of(sun), List.of()))))
                .isEqualTo(Optional.empty());
    }

    @Test
    void countsOnlyTheHundredMostConfidentBoxesOfAnAnswer() {
        List<ScoredBox> boxes = new ArrayList<>(Collections.nCopies(99, said(NOWHERE, 0.9)));
        boxes.add(said(HERE, 0.5));
        ImageBoxes hundred = new ImageBoxes(boxes, List.of(dog(HERE)));
        assertThat(of(hundred).at50()).isCloseTo(0.01, ROUNDING);

        boxes.add(0, said(NOWHERE, 0.6));
        assertThat(of(new ImageBoxes(boxes, List.of(dog(HERE)))).at50()).isZero();
    }

    private static AveragePrecision of(ImageBoxes answer) {
        return AveragePrecision.of(List.of(answer)).orElseThrow();
    }

    private static NamedBox dog(PixelBox box) {
        return new NamedBox("dog", box);
    }

    private static ScoredBox said(PixelBox box, double confidence) {
        return new ScoredBox(dog(box), confidence);
    }

    private static List<ImageBoxes> answers(JsonArray json) {
        List<ImageBoxes> answers = new ArrayList<>();
        for (JsonElement element : json) {
            JsonObject answer = element.getAsJsonObject();
            List<ScoredBox> written = new ArrayList<>();
            for (JsonElement box : answer.getAsJsonArray("written")) {
                written.add(new ScoredBox(
                        named(box.getAsJsonObject()),
                        box.getAsJsonObject().get("confidence").getAsDouble()));
            }
            List<NamedBox> truths = new ArrayList<>();
            answer.getAsJsonArray("truths").forEach(box -> truths.add(named(box.getAsJsonObject())));
            answers.add(new ImageBoxes(written, truths));
        }
        return answers;
    }

    private static NamedBox named(JsonObject json) {
        double[] edges = IntStream.range(0, 4)
                .mapToDouble(i -> json.getAsJsonArray("box").get(i).getAsDouble())
                .toArray();
        return new NamedBox(json.get("noun").getAsString(), new PixelBox(edges[0], edges[1], edges[2], edges[3]));
    }
}
