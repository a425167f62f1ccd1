package io.sextant.training.scenes;

import io.sextant.core.file.AtomicFile;
import io.sextant.core.image.LabelledBox;
import io.sextant.training.sheet.Tile;
import io.sextant.training.world.World;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.SceneSettings;
import io.sextant.training.world.scene.Split;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Writes scenes as a data set: {@code images/}, and {@code annotations.jsonl} with one request a line. Each scene is asked one
 * question of every task, and two of these once more after another question, so that first and second rounds can be compared.
 */
final class SceneDataSet {
    private static final List<Task> TASKS =
            List.of(Task.REFER, Task.IDENTIFY, Task.VQA, Task.DETECTION, Task.CAPTION, Task.GROUNDING);
    private static final int SECOND_ROUNDS = 2;

    private final World world;
    private final SceneGenerator generator;
    private final Split split;
    private final long seed;

    SceneDataSet(World world, Split split, long seed) {
        this.world = world;
        this.generator = world.generator(SceneSettings.of(world.nouns()));
        this.split = split;
        this.seed = seed;
    }

    /**
     * Writes the first scenes of the split and seed. The annotations come last and at once: where they are, all is.
     *
     * @param folder that holds no data set yet; made where it is missing
     * @param tiles how many scenes to give back for a contact sheet
     * @param progress gets the number of scenes written so far
     * @throws IOException if a file cannot be written
     */
    List<Tile> write(Path folder, int count, int tiles, IntConsumer progress) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        List<Tile> sheet = new ArrayList<>();
        try (AtomicFile file = AtomicFile.open(folder.resolve("annotations.jsonl"))) {
            Writer annotations = new OutputStreamWriter(file.out(), StandardCharsets.UTF_8);
            for (int i = 0; i < count; i++) {
                Scene scene = generator.generate(split.sceneSeed(seed, i));
                RandomGenerator random = new SplittableRandom(Long.reverse(scene.seed()));
                Painting painting = world.painter().paint(scene);
                String image = ImageFile.write(painting, folder, String.format(Locale.ROOT, "images/%06d", i), random);
                List<Question> questions = questions(scene, random);
                for (Question question : questions) {
                    annotations.write(AnnotationJson.line(image, question));
                    annotations.write("\n");
                }
                if (i < tiles) {
                    sheet.add(tile(scene, painting, image, questions));
                }
                progress.accept(i + 1);
            }
            annotations.flush();
            file.commit();
        }
        return sheet;
    }

    private List<Question> questions(Scene scene, RandomGenerator random) {
        List<Question> first = new ArrayList<>();
        for (Task task : TASKS) {
            ask(task, scene, random).ifPresent(first::add);
        }
        List<Question> all = new ArrayList<>(first);
        for (int i = 0; i < SECOND_ROUNDS; i++) {
            Question again = first.get(random.nextInt(first.size()));
            Optional<Question> before = first.stream()
                    .filter(other -> other.task() != again.task())
                    .skip(random.nextInt(first.size() - 1))
                    .findFirst();
            before.ifPresent(round -> all.add(again.after(List.of(round.answered(scene.width(), scene.height())))));
        }
        return all;
    }

    /** The layout has the box of identify beside its words, so a question with a typed box is asked once more. */
    private Optional<Question> ask(Task task, Scene scene, RandomGenerator random) {
        Optional<Question> question = world.questions().ask(task, scene, random);
        while (question.isPresent() && task == Task.IDENTIFY && question.get().box() == null) {
            question = world.questions().ask(task, scene, random);
        }
        return question;
    }

    private static Tile tile(Scene scene, Painting painting, String image, List<Question> questions) {
        List<LabelledBox> boxes = scene.objects().stream()
                .map(object -> new LabelledBox(object.noun().name(), object.box()))
                .toList();
        String words = questions.stream()
                .filter(question -> question.history().isEmpty() && question.task() != Task.GROUNDING)
                .map(question -> "[" + question.task().word() + "] " + question.prompt() + " = " + question.answer())
                .collect(Collectors.joining(" | "));
        return new Tile(painting.toImage(image), boxes, words);
    }
}
