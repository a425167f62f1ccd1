package io.sextant.app.replay;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.letter.DeadLetterReplay;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.Replays;
import io.sextant.routes.config.SextantSettings;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends messages that were rejected back to their topics. */
@Command(
        name = "replay",
        description =
                "Sends messages in the dead letters back to the topic they came from, with their keys and headers.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "No letter is deleted: one that was replayed is noted as such, and is passed over the next time.",
            "A letter whose message was not kept whole is refused, and it is told where that message lies."
        })
@RegisterForReflection
public final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "PIPELINE",
            arity = "0..*",
            description = "Whose letters. Default: those of all configured pipelines that read messages.")
    private @Nullable List<String> pipelines;

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            split = ",",
            description = "Only letters of this category: ${COMPLETION-CANDIDATES}. Several with commas between them.")
    private @Nullable List<ErrorCategory> categories;

    @Option(
            names = "--letters",
            paramLabel = "URI",
            description =
                    "Where the letters lie, as the key dead-letter says it. Default: as the pipeline is configured.")
    private @Nullable String letters;

    @Option(names = "--to", paramLabel = "TOPIC", description = "Where to. Default: the topic each message came from.")
    private @Nullable String topic;

    @Option(names = "--dry-run", description = "Only tells what would be sent.")
    private boolean isRehearsal;

    /** @param terminal where it is told what was sent */
    public ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        common.applyLogging();
        // Read by, never started: no route runs here.
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return replay(context);
        }
    }

    private int replay(CamelContext context) {
        SextantSettings settings = Toolkit.configured(common).settings();
        Replays replays = new Replays(settings, Connectors.standard(settings.connectors()), context);
        Set<ErrorCategory> chosen = categories == null || categories.isEmpty()
                ? EnumSet.noneOf(ErrorCategory.class)
                : EnumSet.copyOf(categories);
        List<String> names = pipelines == null ? List.of() : pipelines;
        if (letters == null && names.isEmpty() && replays.pipelines().isEmpty()) {
            throw new ConfigurationException(
                    "No pipeline that reads messages is configured; say with --letters where the"
                            + " letters lie, or name the pipelines' file with --config.");
        }
        ReplayText text = new ReplayText(terminal.out(), isRehearsal);
        DeadLetterReplay.Report report =
                replays.run(new DeadLetterReplay.Choice(names, chosen, topic, isRehearsal), letters, text::place, text);
        text.end(report);
        return report.refused() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
