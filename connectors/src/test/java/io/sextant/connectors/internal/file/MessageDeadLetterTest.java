package io.sextant.connectors.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.core.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message may be called as its sender likes, and is put aside all the same. */
class MessageDeadLetterTest {
    @TempDir
    Path work;

    @Test
    void keepsAMessageUnderItsName() throws IOException {
        Folder folder = folder();

        new MessageDeadLetter(folder).take(letter("trip/a.jpg"));

        assertThat(folder.path().resolve("trip/a.jpg.message")).hasContent("no image");
        assertThat(folder.path().resolve("trip/a.jpg.message.reason.json"))
                .content()
                .contains("trip/a.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "../a.jpg"})
    void keepsTwoMessagesOfOneNameAndOneThatComesTwice(String name) throws IOException {
        MessageDeadLetter sink = new MessageDeadLetter(folder());
        for (String body : List.of("first", "other", "first", "other")) {
            sink.take(letter(name, body));
        }

        List<String> bodies = new ArrayList<>();
        new MessageArchive(new Folder(work.toRealPath().resolve("letters"))).forEach(letter -> {
            bodies.add(new String(letter.body(), UTF_8));
            assertThat(letter.reason().message()).isEqualTo("bad");
        });
        assertThat(bodies).containsExactlyInAnyOrder("first", "other");
    }

    @ParameterizedTest
    @MethodSource("names")
    void keepsAMessageWhoseNameMakesNoFile(String name) throws IOException {
        Folder folder = folder();
        Files.writeString(folder.path().resolve("file"), "in the way");
        Files.createSymbolicLink(folder.path().resolve("link"), work);

        new MessageDeadLetter(folder).take(letter(name));

        List<StoredLetter> letters = new ArrayList<>();
        new MessageArchive(folder).forEach(letters::add);
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.body()).asString(UTF_8).isEqualTo("no image");
            assertThat(letter.reason().message()).isEqualTo("bad");
            assertThat(letter.position()).matches("unnamed/[0-9a-f]{64}\\.message");
        });
        assertThat(work).isDirectoryNotContaining("glob:**.message");
    }

    static List<String> names() {
        return List.of(
                "../away.jpg", "a\0b.jpg", "x".repeat(240), "y".repeat(300) + "/a.jpg", "file/a.jpg", "link/a.jpg");
    }

    private Folder folder() throws IOException {
        return new Folder(Files.createDirectory(work.toRealPath().resolve("letters")));
    }

    private static DeadLetter letter(String name) {
        return letter(name, "no image");
    }

    private static DeadLetter letter(String name, String body) {
        Rejection rejection = new Rejection(
                "p", ErrorCategory.INVALID_INPUT, "bad", "mend it", null, 1, Instant.EPOCH, List.of(), List.of());
        return new DeadLetter(name, null, body.getBytes(UTF_8), List.of(), List.of(), rejection);
    }
}
