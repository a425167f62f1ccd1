package io.sextant.training.evaluation;

import com.google.gson.JsonObject;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.json.JsonText;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Round;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads anybody's folder of {@code annotations.jsonl} and {@code images/}. Fields that mean nothing here are let pass. */
final class DataSet {
    private static final String ANNOTATIONS = "annotations.jsonl";

    private DataSet() {}

    /**
     * All requests in the order of the file.
     *
     * @throws DataSetException naming file and line, if anything is missing or wrong
     */
    static List<Annotation> read(Path folder) {
        Path file = folder.resolve(ANNOTATIONS);
        if (!Files.isRegularFile(file)) {
            throw new DataSetException("--data " + folder + " has no " + ANNOTATIONS
                    + "; name a folder with that file and images/, such as \"scenes\" writes.");
        }
        List<Annotation> annotations = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                annotations.add(annotation(folder, new Place(file, i + 1), lines.get(i)));
            }
        }
        if (annotations.isEmpty()) {
            throw new DataSetException(file + " has no requests; nothing can be scored.");
        }
        return annotations;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new DataSetException(file + " is not UTF-8 (" + e.getMessage() + "); save it as UTF-8.", e);
        } catch (IOException e) {
            throw new DataSetException("Cannot read " + file + " (" + e + ").", e);
        }
    }

    private static Annotation annotation(Path folder, Place place, String line) {
        AnnotationFields fields = new AnnotationFields(place.toString(), json(place, line));
        String name = fields.text("image");
        Path image = inside(folder, name)
                .filter(Files::isRegularFile)
                .orElseThrow(() -> fields.wrong("image", "a file below " + folder, name));
        return new Annotation(place.line(), image, question(fields), fields.json());
    }

    /** The path of a name below a folder; empty if it leads out of it, or is none. */
    static Optional<Path> inside(Path folder, String name) {
        try {
            Path path = folder.resolve(name);
            boolean isInside = path.toAbsolutePath()
                    .normalize()
                    .startsWith(folder.toAbsolutePath().normalize());
            return isInside ? Optional.of(path.normalize()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static JsonObject json(Place place, String line) {
        try {
            return JsonText.parse(line, "the line");
        } catch (ModelFilesException e) {
            throw new DataSetException(place + " is no JSON object, and each line is a request: " + e.getMessage(), e);
        }
    }

    private static Question question(AnnotationFields fields) {
        Task task = task(fields);
        boolean needsWords = task != Task.IDENTIFY;
        String prompt =
                needsWords ? fields.text("prompt") : fields.textOrNone("prompt").orElse("");
        PixelBox box = needsWords ? null : fields.box("box");
        List<Round> history =
                fields.objectsOrNone("history").stream().map(DataSet::round).toList();
        return new Question(task, history, prompt, box, "", truth(task, fields));
    }

    private static Round round(AnnotationFields fields) {
        return new Round(task(fields), fields.text("prompt"), fields.text("text"));
    }

    private static Truth truth(Task task, AnnotationFields fields) {
        return switch (task) {
            case REFER -> {
                List<PixelBox> boxes = fields.boxes("boxes");
                if (boxes.isEmpty()) {
                    throw fields.wrong("boxes", "a list of at least one box", "[]");
                }
                yield new Truth.Boxes(boxes);
            }
            case IDENTIFY, VQA, CHAT -> {
                List<String> answers = fields.texts("answers");
                if (answers.isEmpty()) {
                    throw fields.wrong("answers", "a list of at least one text", "[]");
                }
                yield new Truth.Answers(answers);
            }
            case DETECTION, GROUNDING ->
                new Truth.Phrases(fields.objects("phrases").stream()
                        .map(phrase -> new GroundedPhrase(phrase.text("text"), phrase.boxes("boxes")))
                        .toList());
            case CAPTION -> new Truth.Objects(fields.texts("objects"));
        };
    }

    private static Task task(AnnotationFields fields) {
        String word = fields.text("task");
        Optional<Task> task = Task.named(word);
        return task.orElseThrow(() -> fields.wrong(
                "task",
                "one of " + Arrays.stream(Task.values()).map(Task::word).collect(Collectors.joining(", ")),
                word));
    }

    private record Place(Path file, int line) {
        @Override
        public String toString() {
            return file + " line " + line;
        }
    }
}
