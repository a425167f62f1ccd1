package io.sextant.app.ask;

import io.sextant.app.console.Printable;
import io.sextant.app.console.Terminal;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where answers go: text or JSON to the terminal, JSON to a file, images with the answer drawn on them. */
final class AnswerSink implements AutoCloseable {
    private static final String STANDARD_OUTPUT = "-";

    private final Terminal terminal;
    private final Extent extent;
    private final boolean isTextWanted;
    private final @Nullable ResultFile file;
    private final @Nullable Drawings drawings;
    private boolean hasAnswers;

    private AnswerSink(
            Terminal terminal,
            Extent extent,
            boolean isTextWanted,
            @Nullable ResultFile file,
            @Nullable Drawings drawings) {
        this.terminal = terminal;
        this.extent = extent;
        this.isTextWanted = isTextWanted;
        this.file = file;
        this.drawings = drawings;
    }

    /**
     * Opens what can be opened before the model is, so that a path that cannot be written is told at once.
     *
     * @param images what is asked about; none of them is written over
     * @param json a file, {@code -} for standard output, or null for text alone
     * @param drawing a PNG file, or with several images a folder, or null
     * @throws io.sextant.core.error.ConfigurationException if a file cannot be written where it is wanted
     */
    static AnswerSink open(
            Terminal terminal, Extent extent, List<Path> images, @Nullable String json, @Nullable Path drawing) {
        boolean isToFile = json != null && !json.equals(STANDARD_OUTPUT);
        Drawings drawings = drawing == null ? null : Drawings.to(drawing, extent == Extent.SEVERAL_IMAGES);
        OutputNames names = new OutputNames(images);
        if (isToFile) {
            names.add("--json", Path.of(json));
        }
        if (drawings != null) {
            drawings.files(images).forEach(file -> names.add("--draw", file));
        }
        ResultFile file = isToFile ? ResultFile.create(Path.of(json), "--json") : null;
        return new AnswerSink(terminal, extent, json == null || isToFile, file, drawings);
    }

    /**
     * Writes one answer everywhere it is wanted.
     *
     * @throws io.sextant.app.console.OutputLostException if it is wanted on standard output alone, and did not arrive there
     */
    void accept(TaskOutcome outcome, @Nullable RgbImage image) throws IOException {
        hasAnswers = true;
        if (file != null) {
            file.writeLine(document(outcome));
        }
        if (!isTextWanted) {
            terminal.out().println(document(outcome));
            terminal.out().flush();
        } else {
            if (extent == Extent.SEVERAL_IMAGES && image != null) {
                terminal.out().println(Printable.line(image.name()) + ":");
            }
            OutcomeText.print(outcome, terminal.out());
        }
        if (drawings != null && image != null) {
            drawings.write(outcome, image);
        }
        if (file == null && drawings == null) {
            terminal.requireOutput();
        }
    }

    /** Only where it is wanted: JSON's classes alone take a sixth of all that an answer in words loads. */
    private String document(TaskOutcome outcome) {
        return (extent == Extent.ONE_ANSWER ? ResultJson.INDENTED : ResultJson.COMPACT).toText(outcome);
    }

    /** Gives the JSON file its name, unless nothing was answered: what is there stays then. */
    void complete() throws IOException {
        if (file != null && hasAnswers) {
            file.complete();
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** How many answers there will be: several documents are written one per line. */
    enum Extent {
        ONE_ANSWER,
        SEVERAL_IMAGES,
        CONVERSATION
    }
}
