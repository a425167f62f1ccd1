package io.sextant.training.objective;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.training.device.Images;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.sequence.Dialogue;
import io.sextant.training.sequence.RowEncoder;
import io.sextant.training.sequence.TokenBatch;
import io.sextant.training.sequence.TokenRow;
import io.sextant.training.stage.DataShare;
import io.sextant.training.stage.ObjectiveKind;
import io.sextant.training.stage.Part;
import io.sextant.training.stage.Stage;
import io.sextant.training.world.World;
import io.sextant.training.world.language.SceneText;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Answers to what is asked about scenes, the image in pixels or, for the decoder's pre-training, told in words in the image's
 * place. Several requests share an image in one row; a row of text questions has none.
 */
public final class AnswerObjective implements Objective {
    private static final int TRIES = 20;

    private final SceneImages images;
    private final Stage stage;
    private final WorldLessons lessons;
    private final MixSampler mix;
    private final MixSampler imageMix;
    private final RowEncoder encoder;
    private final LlamaTokenizer tokenizer;
    private final NounLabels names;

    /** @throws io.sextant.core.error.ConfigurationException if the stage names a data set that the world has not or that teaches none of its parts, or its rows are too long for the decoder */
    public AnswerObjective(World world, Stage stage, ModelDimensions dimensions, LlamaTokenizer tokenizer) {
        stage.mix().forEach(WorldLessons::requireKnown);
        if (stage.mix().stream().anyMatch(WorldLessons::isText)
                && stage.trains().stream().noneMatch(Part::isOfLanguage)) {
            throw new ConfigurationException(
                    "The stage \"" + stage.name() + "\" trains nothing that " + WorldLessons.TEXT
                            + " reaches; leave that out of its mix, or train the adapter or the decoder as well.");
        }
        if (stage.longestRow() > dimensions.decoder().contextLength()) {
            throw new ConfigurationException("The stage \"" + stage.name() + "\" has longestRow=" + stage.longestRow()
                    + ", more than the decoder's " + dimensions.decoder().contextLength() + " positions; take less.");
        }
        this.images = new SceneImages(
                world, stage.scenes(), stage.seed(), dimensions.vision().imageSize());
        this.stage = stage;
        this.lessons = new WorldLessons(world.nouns(), stage.scenes(), stage.taskIdentifiers());
        this.mix = new MixSampler(stage.mix());
        this.imageMix = new MixSampler(stage.mix().stream()
                .filter(share -> !WorldLessons.isText(share))
                .toList());
        // As inference writes prompts, so that a model is asked what it has learned.
        this.encoder = new RowEncoder(
                tokenizer, PromptStyle.REFERENCE, dimensions.vision().visualTokens());
        this.tokenizer = tokenizer;
        this.names = new NounLabels(world.nouns(), tokenizer, dimensions.vision());
    }

    @Override
    public PreparedBatch prepare(long number) {
        List<TokenRow> rows = new ArrayList<>();
        List<Painting> shown = new ArrayList<>();
        for (int i = 0; i < stage.batch(); i++) {
            long index = number * stage.batch() + i;
            RandomGenerator random = images.random(Split.TRAIN, index);
            DataShare first = mix.draw(random);
            if (WorldLessons.isText(first)) {
                rows.add(weighed(encoder.packed(textDialogues(random), false, stage.longestRow())));
            } else {
                Scene scene = images.scene(Split.TRAIN, index);
                TokenRow row = weighed(row(scene, imageDialogues(first, scene, random), random, stage.longestRow()));
                if (showsImages()) {
                    Painting image = images.image(Split.TRAIN, index);
                    shown.add(image);
                    row = named(row, scene, image);
                }
                rows.add(row);
            }
        }
        return new RowBatch(TokenBatch.of(rows, tokenizer.pad()), images.samples(shown));
    }

    private TokenRow weighed(TokenRow row) {
        return stage.balancedAnswers() ? row.balanced() : row;
    }

    private TokenRow named(TokenRow row, Scene scene, Painting image) {
        if (stage.nounLabels() == 0) {
            return row;
        }
        int[] about = names.of(row, scene, image);
        return stage.nounLayer() == 0 ? row.naming(about, (float) stage.nounLabels()) : row.about(about);
    }

    private List<Dialogue> textDialogues(RandomGenerator random) {
        List<Dialogue> dialogues = new ArrayList<>();
        for (int i = 0; i < stage.requestsPerImage(); i++) {
            dialogues.add(lessons.withoutImage(random).dialogue());
        }
        return dialogues;
    }

    private List<Dialogue> imageDialogues(DataShare first, Scene scene, RandomGenerator random) {
        List<Dialogue> dialogues = new ArrayList<>();
        DataShare share = first;
        for (int tries = 0; tries < TRIES && dialogues.size() < stage.requestsPerImage(); tries++) {
            lessons.about(share, scene, random).ifPresent(lesson -> dialogues.add(lesson.dialogue()));
            share = imageMix.draw(random);
        }
        if (dialogues.isEmpty()) {
            lessons.ask(Task.CAPTION, scene, random).ifPresent(lesson -> dialogues.add(lesson.dialogue()));
        }
        return dialogues;
    }

    /** One row of dialogues about a scene, of those that fit. */
    private TokenRow row(Scene scene, List<Dialogue> dialogues, RandomGenerator random, int longest) {
        if (showsImages()) {
            return encoder.packed(dialogues, true, longest);
        }
        String words = SceneText.describe(scene, random);
        return encoder.packed(
                dialogues.stream().map(dialogue -> told(words, dialogue)).toList(), false, longest);
    }

    private boolean showsImages() {
        return stage.objective() == ObjectiveKind.ANSWERS;
    }

    /** The scene in words, where the image would be. */
    private static Dialogue told(String words, Dialogue dialogue) {
        List<Turn> turns = new ArrayList<>(dialogue.turns());
        List<PromptSegment> question = new ArrayList<>();
        question.add(PromptSegment.literal("<Img>" + words + " </Img> "));
        question.addAll(turns.get(0).question());
        turns.set(0, new Turn(question, turns.get(0).answer()));
        return new Dialogue(turns);
    }

    @Override
    public Map<String, Double> measure(TrainableModel model) {
        HeldOutScores scores = new HeldOutScores(tokenizer);
        for (long start = 0; start < stage.measureScenes(); start += stage.batch()) {
            long end = Math.min(stage.measureScenes(), start + stage.batch());
            measure(model, start, end, scores);
        }
        return scores.byName();
    }

    private void measure(TrainableModel model, long start, long end, HeldOutScores scores) {
        List<TokenRow> rows = new ArrayList<>();
        List<List<Lesson>> asked = new ArrayList<>();
        List<Scene> scenes = new ArrayList<>();
        for (long index = start; index < end; index++) {
            RandomGenerator random = images.random(Split.VALIDATION, index);
            Scene scene = images.scene(Split.VALIDATION, index);
            List<Lesson> about = new ArrayList<>();
            for (Task task : Task.values()) {
                lessons.ask(task, scene, random).ifPresent(about::add);
            }
            rows.add(row(scene, about.stream().map(Lesson::dialogue).toList(), random, Integer.MAX_VALUE));
            asked.add(about);
            scenes.add(scene);
        }
        TokenBatch batch = TokenBatch.of(rows, tokenizer.pad());
        List<Painting> shown =
                showsImages() ? images.images(Split.VALIDATION, start, Math.toIntExact(end - start)) : List.of();
        int[] said = model.predictRows(batch, images.samples(shown));
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < asked.get(i).size(); k++) {
                scores.add(batch, i, k + 1, said, asked.get(i).get(k).question(), scenes.get(i));
            }
        }
        List<TokenRow> text = new ArrayList<>();
        for (long index = start; index < end; index++) {
            RandomGenerator random = images.random(Split.VALIDATION, index);
            text.add(encoder.row(lessons.withoutImage(random).dialogue(), false));
        }
        TokenBatch textBatch = TokenBatch.of(text, tokenizer.pad());
        scores.addText(model.rowLosses(textBatch, Images.NONE), textBatch.weight());
    }

    private record RowBatch(TokenBatch batch, Images images) implements PreparedBatch {
        @Override
        public double train(TrainableModel model, float share) {
            return model.trainRows(batch, images, share);
        }

        @Override
        public boolean reaches(String parameter) {
            return !images.isEmpty() || parameter.startsWith("model.") || parameter.startsWith("lm_head.");
        }
    }
}
