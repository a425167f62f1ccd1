package io.sextant.routes;

import static io.sextant.routes.PipelineHarness.awaitFile;
import static io.sextant.routes.PipelineHarness.awaitGone;
import static io.sextant.routes.PipelineHarness.drop;
import static io.sextant.routes.PipelineHarness.files;
import static io.sextant.routes.PipelineHarness.photos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may put files into a watched folder must not make Sextant read or write anywhere else. */
class FolderEscapeTest {
    @TempDir
    Path work;

    private Path photos;
    private Path outside;
    private final ScriptedModel model = ScriptedModel.describing();

    @BeforeEach
    void createFolders() throws IOException {
        photos = Files.createDirectory(work.resolve("photos"));
        outside = Files.createDirectory(work.resolve("outside"));
        drop(outside, "secret.jpg", TestImages.jpeg(9));
    }

    @Test
    void followsNoLinkToAFileOrFolder() throws IOException {
        Files.createSymbolicLink(photos.resolve("link.jpg"), outside.resolve("secret.jpg"));
        Files.createSymbolicLink(photos.resolve("folder"), outside);
        Files.createSymbolicLink(photos.resolve("loop"), photos);
        try (PipelineHarness pipelines = PipelineHarness.start(model, recursive("original", "move"))) {
            drop(photos, "good.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("done/good.jpg"));
            drop(photos, "later.jpg", TestImages.jpeg(2));
            awaitFile(photos.resolve("done/later.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(model.askedImages()).containsExactlyInAnyOrder("good.jpg", "later.jpg");
        assertThat(files(outside)).containsExactly("secret.jpg");
        assertThat(photos.resolve("link.jpg")).isSymbolicLink();
    }

    @Test
    void replacesALinkInTheResultsPlaceInsteadOfWritingThroughIt() throws IOException {
        Path victim = Files.writeString(outside.resolve("victim.txt"), "mine");
        Files.createSymbolicLink(photos.resolve("a.jpg.caption.json"), victim);
        try (PipelineHarness pipelines = PipelineHarness.start(model, photos(photos, "original", "delete"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitGone(photos.resolve("a.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(victim).hasContent("mine");
        assertThat(photos.resolve("a.jpg.caption.json")).isRegularFile();
        assertThat(Files.isSymbolicLink(photos.resolve("a.jpg.caption.json"))).isFalse();
    }

    @Test
    void writesNoResultThroughALinkedSubFolderOfTheResults() throws IOException {
        Path results = Files.createDirectory(work.resolve("results"));
        Files.createSymbolicLink(results.resolve("sub"), outside);
        try (PipelineHarness pipelines = PipelineHarness.start(model, recursive("to", "file:" + results))) {
            drop(photos, "sub/a.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("rejected/sub/a.jpg.reason.json"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(files(outside)).containsExactly("secret.jpg");
        assertThat(photos.resolve("rejected/sub/a.jpg.reason.json")).content().contains("symbolic link");
    }

    @Test
    void neitherReadsNorMovesThroughAFolderThatBecameALink() throws IOException {
        Path sub = Files.createDirectory(photos.resolve("sub"));
        ScriptedModel swapping = new ScriptedModel(request -> {
            if (request.images().get(0).name().equals("sub/secret.jpg")) {
                swap(sub);
            }
            return "answer";
        });
        try (PipelineHarness pipelines = PipelineHarness.start(swapping, recursive("original", "delete"))) {
            drop(sub, "secret.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("moved/secret.jpg"));
            drop(photos, "z.jpg", TestImages.jpeg(2));
            awaitGone(photos.resolve("z.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(files(outside)).containsExactly("secret.jpg");
        assertThat(outside.resolve("secret.jpg")).hasBinaryContent(TestImages.jpeg(9));
    }

    @Test
    void refusesADeadLetterFolderThatALinkInTheWatchedFolderLeadsAway() throws IOException {
        Files.createSymbolicLink(photos.resolve("rejected"), outside);

        assertThatThrownBy(() -> PipelineHarness.start(model, photos(photos)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dead-letter=")
                .hasMessageContaining("through a symbolic link");
    }

    @Test
    void watchesAFolderThatIsItselfReachedThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(work.resolve("link"), photos);
        try (PipelineHarness pipelines = PipelineHarness.start(model, photos(link, "original", "move"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("done/a.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(files(photos)).containsExactly("a.jpg.caption.json", "done/a.jpg");
    }

    private void swap(Path sub) {
        try {
            Files.move(sub, photos.resolve("moved"));
            Files.createSymbolicLink(sub, outside);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> recursive(String... more) {
        Map<String, String> properties = photos(photos, more);
        properties.put("sextant.pipelines.photos.from", "file:" + photos + "?recursive=true&delay=20&initialDelay=0");
        return properties;
    }
}
