package io.sextant.routes;

import io.sextant.connectors.Connector;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.DeadLetterReplay;
import io.sextant.connectors.letter.MessageReturn;
import io.sextant.core.error.ConfigurationException;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.SextantSettings;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Finds the dead letters of configured pipelines, and replays them. */
public final class Replays {
    private final SextantSettings settings;
    private final Connectors connectors;
    private final CamelContext context;

    /**
     * @param settings the pipelines
     * @param connectors by the schemes the pipelines use
     * @param context by whose components URIs are read; it need not be started
     */
    public Replays(SextantSettings settings, Connectors connectors, CamelContext context) {
        this.settings = settings;
        this.connectors = connectors;
        this.context = context;
    }

    /** The pipelines whose sources bring messages, by name. */
    public List<String> pipelines() {
        return settings.pipelines().stream()
                .filter(this::bringsMessages)
                .map(PipelineSettings::name)
                .toList();
    }

    /**
     * Replays what is chosen.
     *
     * @param choice which letters, and what becomes of them
     * @param letters where they lie, as a URI, or null for where the pipelines put them
     * @param places is told of each place of dead letters before its letters come
     * @param listener is told of each letter that was chosen
     * @return how many there were in all places together
     * @throws ConfigurationException if a pipeline is not there, or its letters cannot be replayed
     * @throws io.sextant.connectors.ConnectorException if letters cannot be read, or a message does not arrive
     */
    public DeadLetterReplay.Report run(
            DeadLetterReplay.Choice choice,
            @Nullable String letters,
            Consumer<String> places,
            DeadLetterReplay.Listener listener) {
        if (letters != null) {
            PipelineSettings first = choice.pipelines().isEmpty()
                    ? null
                    : find(choice.pipelines().get(0));
            return replay(first == null ? null : first.from(), letters, choice, places, listener);
        }
        List<String> names = choice.pipelines().isEmpty() ? pipelines() : choice.pipelines();
        List<PipelineSettings> chosen = names.stream().map(this::configured).toList();
        DeadLetterReplay.Report sum = new DeadLetterReplay.Report(0, 0, 0);
        for (PipelineSettings pipeline : chosen) {
            DeadLetterReplay.Report report = replay(
                    pipeline.from(), pipeline.deadLetter(), choice.of(List.of(pipeline.name())), places, listener);
            sum = new DeadLetterReplay.Report(
                    sum.replayed() + report.replayed(),
                    sum.refused() + report.refused(),
                    sum.others() + report.others());
        }
        return sum;
    }

    private DeadLetterReplay.Report replay(
            @Nullable String from,
            @Nullable String place,
            DeadLetterReplay.Choice choice,
            Consumer<String> places,
            DeadLetterReplay.Listener listener) {
        Connector source = from == null ? connectors.ofMessages() : connectors.forUri(from);
        Connector keeper = place == null ? source : connectors.forUri(place);
        String connection = from == null && keeper == source ? place : from;
        String whose = choice.pipelines().isEmpty() ? "all pipelines" : String.join(", ", choice.pipelines());
        try (DeadLetterArchive archive = keeper.archive(whose, from, place, context);
                MessageReturn messages = source.messageReturn(connection)) {
            places.accept(archive.place());
            return new DeadLetterReplay(archive, messages, choice).run(listener);
        }
    }

    private PipelineSettings configured(String name) {
        PipelineSettings pipeline = find(name);
        if (pipeline == null) {
            throw new ConfigurationException("No pipeline \"" + name + "\" is configured; there are "
                    + settings.pipelines().stream().map(PipelineSettings::name).toList()
                    + ". Letters of another one need to be told where they lie (--letters).");
        }
        if (!bringsMessages(pipeline)) {
            throw new ConfigurationException(
                    "Pipeline \"" + name + "\" reads no messages; put rejected images back where" + " they came from.");
        }
        return pipeline;
    }

    private @Nullable PipelineSettings find(String name) {
        return settings.pipelines().stream()
                .filter(pipeline -> pipeline.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private boolean bringsMessages(PipelineSettings pipeline) {
        return connectors.forUri(pipeline.from()).bringsMessages();
    }
}
