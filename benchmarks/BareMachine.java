import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What {@code gpu.sh} needs on a machine without Maven. {@code golden} runs the tests that compare what is computed with the reference's numbers and
 * prints a line of JSON; {@code weights FOLDER SIZE} makes a model folder whose weights are zero and take no space.
 */
public final class BareMachine {
    private static final List<String> GOLDEN = List.of(
            "io.sextant.core.internal.vision.VisionGoldenTest",
            "io.sextant.core.internal.language.DecoderGoldenTest",
            "io.sextant.core.internal.schedule.GenerationGoldenTest",
            "io.sextant.core.internal.schedule.BatchGoldenTest",
            "io.sextant.core.internal.schedule.BeamsGoldenTest",
            "io.sextant.core.internal.schedule.PrecisionGoldenTest");

    private BareMachine() {}

    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "golden" -> golden();
            case "weights" -> RandomModel.writeSparse(Path.of(arguments[1]), size(arguments[2]));
            default -> throw new IllegalArgumentException("golden or weights, was " + arguments[0]);
        }
    }

    /** The tests' own lines go to standard error. */
    private static void golden() {
        PrintStream out = System.out;
        System.setOut(System.err);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(GOLDEN.stream().map(DiscoverySelectors::selectClass).toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        for (TestExecutionSummary.Failure failure : summary.getFailures()) {
            System.err.println(failure.getTestIdentifier().getDisplayName() + ": " + failure.getException());
        }
        out.printf(
                "{\"tests\":%d,\"failed\":%d}%n",
                summary.getTestsFoundCount(), summary.getTestsFoundCount() - summary.getTestsSucceededCount());
    }

    private static RandomModelSize size(String name) {
        return switch (name) {
            case "TINY" -> RandomModelSize.tiny();
            case "SMALL" -> RandomModelSize.small();
            case "MEDIUM" -> RandomModelSize.medium();
            case "PUBLISHED" -> RandomModelSize.published();
            default -> throw new IllegalArgumentException("TINY, SMALL, MEDIUM or PUBLISHED, was " + name);
        };
    }
}
