package io.sextant.app.ask;

import io.sextant.app.console.FailureReport;
import io.sextant.app.console.Terminal;
import io.sextant.core.GenerationSettings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Questions and answers, line by line, about one image or none. Not thread-safe. */
final class Conversation {
    private static final String HELP = """
            One question a line. A line that starts with '/' is for the conversation itself:
              /task NAME            ask another task from now on (/task alone lists them)
              /box xMin,yMin,xMax,yMax [question]
                                    ask about a part of the image, in pixels
              /help                 this
              /quit                 the end, as is the end of the input""";

    private final Terminal terminal;
    private final TaskRunner runner;
    private final AnswerSink sink;
    private final @Nullable RgbImage image;
    private final GenerationSettings settings;
    private final Map<String, String> headers;
    private final List<Round> history = new ArrayList<>();
    private String task;
    private boolean hasFailed;

    /** @param headers each question has those that its task reads */
    Conversation(
            Terminal terminal,
            TaskRunner runner,
            AnswerSink sink,
            @Nullable RgbImage image,
            GenerationSettings settings,
            Map<String, String> headers,
            String task) {
        this.terminal = terminal;
        this.runner = runner;
        this.sink = sink;
        this.image = image;
        this.settings = settings;
        this.headers = headers;
        this.task = task;
    }

    /** Whether a question got no answer. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Reads questions until the end of the input or {@code /quit}. */
    void readQuestions() throws IOException {
        terminal.progress("Talking to \"" + task + "\"; /help tells what else there is.");
        for (String line = next(); line != null && !line.equals("/quit"); line = next()) {
            if (line.startsWith("/")) {
                command(line);
            } else if (!line.isEmpty()) {
                ask(line, null);
            }
        }
    }

    /** Asks one question; a failure is told and leaves the conversation as it was. */
    void ask(String question, @Nullable PixelBox box) throws IOException {
        Map<String, String> read = new HashMap<>(headers);
        read.keySet()
                .retainAll(runner.registry().task(task).descriptor().headers().keySet());
        try {
            TaskOutcome outcome = runner.run(
                    task,
                    TaskInput.builder(image)
                            .history(history)
                            .prompt(question)
                            .box(box)
                            .headers(read)
                            .settings(settings)
                            .build());
            history.add(new Round(task, question, box, outcome.text(), read));
            sink.accept(outcome, image);
        } catch (SextantException e) {
            if (e.category() == ErrorCategory.CONFIGURATION) {
                throw e;
            }
            hasFailed = true;
            FailureReport.print(terminal.err(), e, false);
        }
    }

    private @Nullable String next() throws IOException {
        if (terminal.isInteractive()) {
            terminal.err().print("> ");
            terminal.err().flush();
        }
        String line = terminal.in().readLine();
        return line == null ? null : line.strip();
    }

    private void command(String line) throws IOException {
        String[] words = line.split("\\s+", 3);
        if (words[0].equals("/task")) {
            switchTask(words.length > 1 ? words[1] : "");
        } else if (words[0].equals("/box") && words.length > 1) {
            askAbout(words[1], words.length > 2 ? words[2] : "");
        } else if (words[0].equals("/help")) {
            terminal.note(HELP);
        } else if (words[0].equals("/box")) {
            terminal.note("/box needs a box behind it: /box xMin,yMin,xMax,yMax [question]");
        } else {
            terminal.note(words[0] + " is unknown. To ask a question, begin it with another character. " + HELP);
        }
    }

    private void switchTask(String name) {
        List<String> names = runner.registry().tasks().stream()
                .map(known -> known.descriptor().name())
                .toList();
        if (names.contains(name)) {
            task = name;
        } else {
            terminal.note("The tasks are " + String.join(", ", names) + "; now it is \"" + task + "\".");
        }
    }

    private void askAbout(String box, String question) throws IOException {
        try {
            ask(question, BoxText.parse(box));
        } catch (TypeConversionException e) {
            FailureReport.print(terminal.err(), e, false);
        }
    }
}
