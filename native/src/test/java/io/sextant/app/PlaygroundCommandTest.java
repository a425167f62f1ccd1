package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code playground} says of a wrong command line, as a checkout has it; a distribution has no playground. */
final class PlaygroundCommandTest {
    private final CommandLineHarness sextant =
            new CommandLineHarness((settings, progress) -> FakeVisionLanguageModel.answering("No."));

    @ParameterizedTest
    @ValueSource(strings = {"--kafka-port", "--s3-port"})
    void tellsAPortThatIsNone(String option) {
        assertThat(sextant.run("playground", option, "x")).isEqualTo(2);
        assertThat(sextant.out()).isEmpty();
        assertThat(sextant.err()).contains("sextant: ", option, "--help").doesNotContain("\tat ");
    }
}
