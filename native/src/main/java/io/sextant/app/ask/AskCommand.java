package io.sextant.app.ask;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.ask.AnswerSink.Extent;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.FailureReport;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.ModelOption;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.SextantException;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.Familiarity;
import io.sextant.core.model.ModelSettings;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.VisionTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks one question about each of some images, or holds a conversation about one. */
@Command(
        name = "ask",
        description = "Asks a question about images, or holds a conversation.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sextant ask kitchen.jpg --prompt 'how many cups are there?'",
            "  sextant ask kitchen.jpg --task detection --prompt cup --draw cups.png",
            "  sextant ask *.jpg --task caption --json captions.jsonl",
            "  sextant ask kitchen.jpg --chat",
        })
@RegisterForReflection
public final class AskCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ModelOpener opener;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private GenerationOptions generation;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "JPEG, PNG, GIF, BMP, WebP or TIFF files.")
    private List<Path> images = List.of();

    @Option(
            names = {"-t", "--task"},
            paramLabel = "TASK",
            description =
                    "Which task, see 'sextant tasks'. Default: vqa with a prompt, caption without one, chat without a"
                            + " image.")
    private @Nullable String task;

    @Option(
            names = {"-p", "--prompt"},
            paramLabel = "TEXT",
            description = "The question, expression or nouns.")
    private String prompt = "";

    @Option(
            names = {"-b", "--box"},
            paramLabel = "BOX",
            converter = BoxText.class,
            description = "xMin,yMin,xMax,yMax in pixels of the upright image; with --chat, of the first question.")
    private @Nullable PixelBox box;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description =
                    "A header that the task reads, as a message would have it; with --chat, for all tasks that read it.")
    private Map<String, String> headers = new HashMap<>();

    @Option(
            names = "--draw",
            paramLabel = "FILE",
            description =
                    "Write the image with the answer drawn on it, as JPEG where the name ends in .jpg or .jpeg, else as"
                            + " PNG; with several images, a folder to write to.")
    private @Nullable Path drawing;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Write the result documents to a file, or instead of the text with '-'; one per line if several.")
    private @Nullable String json;

    @Mixin
    private ModelOption modelOption;

    @Option(names = "--chat", description = "Go on as a conversation: one question a line, /help tells the rest.")
    private boolean isChat;

    /**
     * @param terminal to write answers to
     * @param opener opens the model
     */
    public AskCommand(Terminal terminal, ModelOpener opener) {
        this.terminal = terminal;
        this.opener = opener;
    }

    @Override
    public Integer call() throws IOException {
        common.applyLogging();
        if (isChat && images.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--chat talks about one image; name one IMAGE or none.");
        }
        if (isChat && box != null && prompt.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--box belongs to the first question of a conversation: add --prompt TEXT, or begin a question with /box.");
        }
        opener.prepareEarly();
        Toolkit toolkit = Toolkit.configured(common);
        VisionTask asked = task(toolkit);
        TaskDescriptor descriptor = asked.descriptor();
        requireAreRead(headers.keySet(), toolkit, descriptor);
        if (!isChat || !prompt.isBlank()) {
            requireFits(asked);
        }
        GenerationSettings settings = generation.apply(
                toolkit.settings().generation(), toolkit.settings().decodings());
        ModelSettings modelSettings = toolkit.model(modelOption.folder());
        if (toolkit.isEmbedded(modelOption.folder())) {
            terminal.note("NOTE: " + Toolkit.EMBEDDED_MODEL_LIMITS);
        }
        try (AnswerSink sink = AnswerSink.open(terminal, extent(), images, json, drawing);
                VisionLanguageModel model = toolkit.open(opener, modelSettings, terminal);
                Familiarity familiarity =
                        Familiarity.of(model, modelSettings.folder()).orElse(null)) {
            Question question = new Question(
                    toolkit.runner(model, modelSettings.folder(), familiarity), descriptor.name(), settings, sink);
            boolean isComplete = isChat ? converse(toolkit, question) : answerAll(toolkit, question);
            sink.complete();
            return isComplete ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private Extent extent() {
        if (isChat) {
            return Extent.CONVERSATION;
        }
        return images.size() > 1 ? Extent.SEVERAL_IMAGES : Extent.ONE_ANSWER;
    }

    private boolean converse(Toolkit toolkit, Question question) throws IOException {
        RgbImage image = images.isEmpty() ? null : toolkit.decoder().decode(images.get(0));
        Conversation conversation = new Conversation(
                terminal, question.runner(), question.sink(), image, question.settings(), headers, question.task());
        if (!prompt.isBlank()) {
            conversation.ask(prompt, box);
        }
        conversation.readQuestions();
        return !conversation.hasFailed();
    }

    private boolean answerAll(Toolkit toolkit, Question question) throws IOException {
        if (images.isEmpty()) {
            return answer(question, () -> null);
        }
        boolean isComplete = true;
        for (int i = 0; i < images.size(); i++) {
            Path file = images.get(i);
            if (images.size() > 1) {
                terminal.progress("[" + (i + 1) + "/" + images.size() + "] " + file);
            }
            isComplete &= answer(question, () -> toolkit.decoder().decode(file));
        }
        return isComplete;
    }

    /** A bad image is told and passed over: the others still get their answers. */
    private boolean answer(Question question, Supplier<@Nullable RgbImage> source) throws IOException {
        try {
            RgbImage image = source.get();
            TaskInput input = TaskInput.builder(image)
                    .prompt(prompt)
                    .box(box)
                    .headers(headers)
                    .settings(question.settings())
                    .build();
            question.sink().accept(question.runner().run(question.task(), input), image);
            return true;
        } catch (SextantException e) {
            if (e.category() == ErrorCategory.CONFIGURATION) {
                throw e;
            }
            FailureReport.print(terminal.err(), e, common.isVerbose());
            return false;
        }
    }

    private String taskName() {
        if (task != null) {
            return task;
        }
        if (images.isEmpty()) {
            return "chat";
        }
        return prompt.isEmpty() && !isChat ? "caption" : "vqa";
    }

    private VisionTask task(Toolkit toolkit) {
        try {
            return toolkit.registry().task(taskName());
        } catch (InvalidRequestException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** What is missing is told at once, not after the model has been loaded. */
    private void requireFits(VisionTask asked) {
        TaskDescriptor descriptor = asked.descriptor();
        require(descriptor, descriptor.imageNeed(), !images.isEmpty(), "an image: name IMAGE files");
        require(descriptor, descriptor.promptNeed(), !prompt.isBlank(), "words: add --prompt TEXT");
        require(descriptor, descriptor.boxNeed(), box != null, "a box: add --box xMin,yMin,xMax,yMax");
        requireHeaders(descriptor);
        requireQuestion(asked);
    }

    private void requireHeaders(TaskDescriptor descriptor) {
        descriptor
                .headers()
                .forEach((header, need) -> require(
                        descriptor,
                        need,
                        headers.containsKey(header) || need != InputNeed.REQUIRED,
                        "the header \"" + header + "\": add --header " + header + "=VALUE"));
    }

    /** In a conversation any task may be asked. */
    private void requireAreRead(Set<String> given, Toolkit toolkit, TaskDescriptor asked) {
        List<TaskDescriptor> tasks = isChat
                ? toolkit.registry().tasks().stream()
                        .map(VisionTask::descriptor)
                        .toList()
                : List.of(asked);
        Set<String> read = new TreeSet<>();
        tasks.forEach(task -> read.addAll(task.headers().keySet()));
        for (String header : given) {
            if (!read.contains(header)) {
                throw new ParameterException(
                        spec.commandLine(),
                        isChat
                                ? "No task makes use of the header \"" + header + "\"; they read " + read + "."
                                : "Task \"" + asked.name() + "\" makes no use of the header \"" + header
                                        + "\"; it reads " + read + ".");
            }
        }
    }

    /** What a descriptor cannot express only the task itself knows; an image of any size around the box will do to ask it. */
    private void requireQuestion(VisionTask asked) {
        int width = images.isEmpty() ? 0 : sideAround(box == null ? 0 : box.xMax());
        int height = images.isEmpty() ? 0 : sideAround(box == null ? 0 : box.yMax());
        try {
            asked.prompt(new TaskRequest(prompt.strip(), box, width, height, headers));
        } catch (InvalidRequestException e) {
            boolean lacksBox = box == null && asked.descriptor().boxNeed() != InputNeed.UNUSED;
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + (lacksBox ? " A box in pixels is given with --box." : ""), e);
        }
    }

    private static int sideAround(double edge) {
        return (int) Math.max(1, Math.ceil(edge));
    }

    private void require(TaskDescriptor descriptor, InputNeed need, boolean isGiven, String what) {
        if (need == InputNeed.REQUIRED && !isGiven) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Task \"" + descriptor.name() + "\" (" + descriptor.fullName() + ") needs " + what + ".");
        }
        if (need == InputNeed.UNUSED && isGiven) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Task \"" + descriptor.name() + "\" (" + descriptor.fullName() + ") makes no use of "
                            + what.substring(0, what.indexOf(':')) + "; leave it out, or ask another task.");
        }
    }

    /**
     * @param runner answers
     * @param task the task's name
     * @param settings how to answer
     * @param sink where answers go
     */
    private record Question(TaskRunner runner, String task, GenerationSettings settings, AnswerSink sink) {}
}
