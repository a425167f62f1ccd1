package io.sextant.training.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.training.device.Images;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.run.RunModel;
import io.sextant.training.run.TinyRuns;
import io.sextant.training.stage.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowEncoderTest {
    private static final Dialogue REFER = dialogue("refer", "the apple", "{<1><20><33><100>}");
    private static final Dialogue COUNT = dialogue("vqa", "how many dogs are there?", "2");
    private static final Dialogue ROUNDS = new Dialogue(List.of(
            Turn.answered(question("caption", "describe this image"), "a dog and two apples"),
            Turn.answered(question("refer", "the dog"), "{<5><6><7><8>}")));

    @TempDir
    private Path directory;

    private RunModel model;
    private RowEncoder encoder;

    @BeforeEach
    void open() {
        model = TinyRuns.model(directory);
        encoder = new RowEncoder(
                model.tokenizer(),
                PromptStyle.REFERENCE,
                model.dimensions().vision().visualTokens());
    }

    @Test
    void labelsAnswersAndTheirEndAndNothingElse() {
        TokenRow row = encoder.row(ROUNDS, true);
        LlamaTokenizer tokenizer = model.tokenizer();
        List<Integer> labels = new ArrayList<>();
        for (int label : row.labels()) {
            if (label != TokenRow.NO_LABEL) {
                labels.add(label);
            }
        }
        int[] ids = labels.stream().mapToInt(Integer::intValue).toArray();
        assertThat(tokenizer.decode(ids, false).replace(" ", "")).isEqualTo("adogandtwoapples</s>{<5><6><7><8>}</s>");
        assertThat(row.visualTokens()).isEqualTo(model.dimensions().vision().visualTokens());
    }

    @Test
    void balancedAnswersCountByTheRootOfTheirTokens() {
        TokenRow refer = encoder.row(REFER, true);
        TokenRow count = encoder.row(COUNT, true);
        TokenRow both = encoder.packed(List.of(REFER, COUNT), true).balanced();
        double sum = 0;
        for (float weight : both.weights()) {
            sum += weight;
        }
        assertThat(sum).isCloseTo(Math.sqrt(labels(refer)) + Math.sqrt(labels(count)), Offset.offset(1e-4));
        assertThat(both.labels())
                .isEqualTo(encoder.packed(List.of(REFER, COUNT), true).labels());
    }

    @Test
    void visualTokensNameWhatTheyShowAndAnswersStay() {
        TokenRow row = encoder.packed(List.of(REFER, COUNT), true);
        int[] names = new int[row.length()];
        Arrays.fill(names, TokenRow.NO_LABEL);
        int first = IntStream.range(0, row.length())
                .filter(at -> row.ids()[at] == TokenRow.IMAGE)
                .findFirst()
                .orElseThrow();
        int last = first + row.visualTokens() - 1;
        names[first] = 7;
        names[last] = 9;
        int answer = IntStream.range(0, row.length())
                .filter(at -> row.labels()[at] != TokenRow.NO_LABEL)
                .findFirst()
                .orElseThrow();
        names[answer - 1] = 11;

        TokenRow named = row.naming(names, 0.25f);

        assertThat(named.labels()[first + 1]).isEqualTo(7);
        assertThat(named.labels()[last + 1]).isEqualTo(9);
        assertThat(named.weights()[last + 1]).isEqualTo(0.25f);
        assertThat(named.labels()[answer]).isEqualTo(row.labels()[answer]);
        assertThat(labels(named)).isEqualTo(labels(row) + 2);
        assertThat(named.ids()).isEqualTo(row.ids());
    }

    @Test
    void theDeviceNormalisesBytesAsThePreprocessorDoes() {
        int side = model.dimensions().vision().imageSize();
        byte[] samples = new byte[3 * side * side];
        new Random(5).nextBytes(samples);
        float[] values = new ImagePreprocessor().pixelValues(new RgbImage("noise", "", side, side, 1, samples), side);
        TokenBatch batch = TokenBatch.of(
                List.of(encoder.row(COUNT, true)), model.tokenizer().pad());
        try (TrainableModel program =
                TrainableModel.create(model.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU)) {
            model.parts().giveTo(program, Set.of());
            float ofBytes = program.rowLosses(batch, Images.ofSamples(samples))[0];
            assertThat((double) ofBytes)
                    .isCloseTo(program.rowLosses(batch, Images.ofValues(values))[0], Offset.offset(1e-5))
                    .isNotCloseTo(program.rowLosses(batch, Images.ofValues(pixels()))[0], Offset.offset(1e-4));
        }
    }

    @Test
    void anInnerLayerLearnsToNamePositions() {
        TokenRow row = encoder.packed(List.of(REFER, COUNT), true);
        int[] names = new int[row.length()];
        Arrays.fill(names, TokenRow.NO_LABEL);
        names[3] = 7;
        int pad = model.tokenizer().pad();
        TokenBatch plain = TokenBatch.of(List.of(row), pad);
        TokenBatch named = TokenBatch.of(List.of(row.about(names)), pad);
        Images images = Images.ofValues(pixels());
        try (TrainableModel program =
                TrainableModel.create(model.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU)) {
            model.parts().giveTo(program, Set.of(Part.DECODER));
            float answers = program.trainRows(named, images, 1);
            program.nameAt(1, 0.5);

            assertThat(program.trainRows(plain, images, 1)).isEqualTo(answers);
            double ofTheName = (program.trainRows(named, images, 1) - answers) / 0.5;

            // Untrained, one piece is as likely as any other.
            double chance = Math.log(model.dimensions().decoder().vocabulary());
            assertThat(ofTheName).isCloseTo(chance, Percentage.withPercentage(20));
        }
    }

    @Test
    void packedDialoguesAreComputedAsIfEachWereAlone() {
        assertComputedAsIfEachWereAlone(List.of(REFER, COUNT, ROUNDS, COUNT));
    }

    @Test
    void dialoguesThatAskTheSameAreComputedAsIfEachWereAlone() {
        assertComputedAsIfEachWereAlone(List.of(COUNT, dialogue("vqa", "how many dogs are there?", "none"), COUNT));
    }

    private void assertComputedAsIfEachWereAlone(List<Dialogue> dialogues) {
        float[] pixels = pixels();
        try (TrainableModel program =
                TrainableModel.create(model.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU)) {
            model.parts().giveTo(program, Set.of());
            float together = program.rowLosses(
                            TokenBatch.of(
                                    List.of(encoder.packed(dialogues, true)),
                                    model.tokenizer().pad()),
                            Images.ofValues(pixels))[0];
            double apart = 0;
            for (Dialogue dialogue : dialogues) {
                TokenBatch batch = TokenBatch.of(
                        List.of(encoder.row(dialogue, true)), model.tokenizer().pad());
                apart += program.rowLosses(batch, Images.ofValues(pixels))[0];
            }
            assertThat((double) together).isCloseTo(apart, Offset.offset(1e-3));
        }
    }

    @Test
    void paddingAndNeighboursDoNotChangeARow() {
        float[] pixels = pixels();
        float[] twice = new float[2 * pixels.length];
        System.arraycopy(pixels, 0, twice, 0, pixels.length);
        System.arraycopy(pixels, 0, twice, pixels.length, pixels.length);
        int pad = model.tokenizer().pad();
        try (TrainableModel program =
                TrainableModel.create(model.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU)) {
            model.parts().giveTo(program, Set.of());
            TokenRow shorter = encoder.row(COUNT, true);
            float alone = program.rowLosses(TokenBatch.of(List.of(shorter), pad), Images.ofValues(pixels))[0];
            float padded = program.rowLosses(
                            TokenBatch.of(List.of(shorter, encoder.row(ROUNDS, true)), pad), Images.ofValues(twice))[0];
            assertThat((double) padded).isCloseTo(alone, Offset.offset(1e-4));
        }
    }

    @Test
    void packsDialoguesWithoutAImage() {
        TokenRow row = encoder.packed(List.of(REFER, COUNT), false);
        assertThat(row.visualTokens()).isZero();
        assertThat(labels(row)).isEqualTo(labels(encoder.row(REFER, false)) + labels(encoder.row(COUNT, false)));
    }

    @Test
    void leavesOutDialoguesThatDoNotFit() {
        TokenRow all = encoder.packed(List.of(REFER, ROUNDS, COUNT), true);
        TokenRow some = encoder.packed(List.of(REFER, ROUNDS, COUNT), true, all.length() - 1);
        assertThat(some.ids())
                .isEqualTo(encoder.packed(List.of(REFER, ROUNDS), true).ids());
        TokenRow later = encoder.packed(
                List.of(REFER, ROUNDS, COUNT),
                true,
                encoder.packed(List.of(REFER, COUNT), true).length());
        assertThat(later.ids())
                .isEqualTo(encoder.packed(List.of(REFER, COUNT), true).ids());
    }

    @Test
    void takesTheShortestDialogueWhereNoneFits() {
        assertThat(encoder.packed(List.of(ROUNDS, COUNT), true, 1).ids())
                .isEqualTo(encoder.row(COUNT, true).ids());
    }

    private float[] pixels() {
        int side = model.dimensions().vision().imageSize();
        float[] pixels = new float[3 * side * side];
        Random random = new Random(3);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }

    private static Dialogue dialogue(String task, String words, String answer) {
        return new Dialogue(List.of(Turn.answered(question(task, words), answer)));
    }

    private static List<PromptSegment> question(String task, String words) {
        return List.of(PromptSegment.taskIdentifier(task), PromptSegment.userText(words));
    }

    private static int labels(TokenRow row) {
        return (int) Arrays.stream(row.labels())
                .filter(label -> label != TokenRow.NO_LABEL)
                .count();
    }
}
