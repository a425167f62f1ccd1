package io.sextant.routes;

import java.nio.file.Path;
import java.util.Map;

/** A process of its own, which runs a pipeline from one folder to another until it is killed. */
final class CrashedPipelineMain {
    private CrashedPipelineMain() {}

    /** @param arguments the watched folder, the folder of results, the folder of originals that are done */
    public static void main(String[] arguments) throws InterruptedException {
        ScriptedModel model =
                new ScriptedModel(request -> ScriptedModel.describe(request).repeat(2000));
        Map<String, String> properties = PipelineHarness.photos(
                Path.of(arguments[0]),
                "to",
                "file:" + arguments[1],
                "original",
                "move",
                "move-to",
                arguments[2],
                "steps[1].task",
                "vqa",
                "steps[1].prompt",
                "what?");
        try (PipelineHarness pipelines = PipelineHarness.start(model, properties)) {
            System.out.println("READY " + pipelines.context().getRoutes().size());
            Thread.currentThread().join();
        }
    }
}
