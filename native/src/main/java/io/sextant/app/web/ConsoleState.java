package io.sextant.app.web;

import io.sextant.app.serving.ModelSwitch;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.serving.SwitchState;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the first page shows. */
@Singleton
final class ConsoleState {
    private final TaskRunner tasks;
    private final ServedModel model;
    private final ModelSwitch modelSwitch;
    private final WatchedPipelines pipelines;

    @Inject
    ConsoleState(TaskRunner tasks, ServedModel model, ModelSwitch modelSwitch, WatchedPipelines pipelines) {
        this.tasks = tasks;
        this.model = model;
        this.modelSwitch = modelSwitch;
        this.pipelines = pipelines;
    }

    /** @param isOperator whether whoever looks may pause pipelines, see dead letters and exchange the model */
    Map<String, Object> shown(boolean isOperator) {
        ModelInfo info = model.info();
        ModelStatistics now = model.statistics();
        Runtime runtime = Runtime.getRuntime();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("isOperator", isOperator);
        shown.put("limits", model.asked().isEmbedded() ? EmbeddedModel.LIMITS : "");
        shown.put("tasks", asked());
        shown.put(
                "pipelines",
                pipelines.all().stream().map(WatchedPipeline::shown).toList());
        shown.put("model", info.name());
        shown.put("place", isOperator ? model.asked().name() : "");
        shown.put("exchange", exchange(isOperator));
        shown.put("fingerprint", info.fingerprint().substring(0, 12));
        shown.put("device", info.device());
        shown.put("precision", info.precision());
        shown.put("context", info.contextLength());
        shown.put("visualTokens", info.visualTokens());
        shown.put("running", now.running());
        shown.put("waiting", now.waiting());
        shown.put("completed", now.completed());
        shown.put("images", now.imagePasses());
        shown.put("tokens", now.answerTokens());
        shown.put("kept", now.keptBeginnings());
        shown.put("hits", now.beginningHits());
        shown.put("misses", now.beginningMisses());
        shown.put("blocksUsed", now.blocks() - now.freeBlocks());
        shown.put("blocks", now.blocks());
        shown.put("heap", mebibytes(runtime.totalMemory() - runtime.freeMemory()));
        shown.put("heapMost", mebibytes(runtime.maxMemory()));
        return shown;
    }

    /** Where models lie, and so why one cannot be used, is the operator's to see. */
    private Map<String, Object> exchange(boolean isOperator) {
        SwitchState state = modelSwitch.state().orElse(null);
        if (state == null) {
            return Map.of("isThere", false, "isUnderWay", false);
        }
        String failure = state.failure();
        return Map.of(
                "isThere",
                true,
                "isUnderWay",
                state.isUnderWay(),
                "phase",
                state.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                "how",
                state.isDrained() ? "the earlier one closed first" : "loaded beside the earlier one",
                "model",
                isOperator ? state.model() : "",
                "step",
                isOperator ? state.step() : "",
                "failure",
                failure == null ? "" : isOperator ? failure : "An operator sees why.");
    }

    /** The tasks that are about an image, and what each takes beside it. */
    private List<Map<String, Object>> asked() {
        return tasks.registry().tasks().stream()
                .map(task -> task.descriptor())
                .filter(task -> task.imageNeed() == InputNeed.REQUIRED)
                .map(ConsoleState::asked)
                .toList();
    }

    private static Map<String, Object> asked(TaskDescriptor task) {
        return Map.of(
                "name", task.name(),
                "fullName", task.fullName(),
                "summary", task.summary(),
                "hasPrompt", task.promptNeed() != InputNeed.UNUSED,
                "needsPrompt", task.promptNeed() == InputNeed.REQUIRED,
                "hasBox", task.boxNeed() != InputNeed.UNUSED,
                "example", task.examplePrompt());
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
