package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever listens to an answer is told its end, whatever is thrown when it is written out. */
class StreamedAnswerTest {
    private final List<String> sent = new ArrayList<>();

    @Test
    void failsWhereAnAnswerWithoutPiecesCannotBeWrittenOut() {
        StreamedAnswer stream = new StreamedAnswer(new Failing());

        CompletableFuture<Response> response = stream.of(CompletableFuture.completedFuture(outcome()));

        assertThat(response).isCompletedExceptionally();
        assertThat(response.handle((result, failure) -> failure).join()).hasMessage("told to");
    }

    @Test
    void endsTheEventsWhereTheAnswerBehindItsPiecesCannotBeWrittenOut() {
        StreamedAnswer stream = new StreamedAnswer(new Failing());
        stream.onText("a ");

        Response response =
                stream.of(CompletableFuture.completedFuture(outcome())).join();
        ((EventStream) response.getEntity()).receive(new Collecting());

        assertThat(sent).containsExactly("data: a \n\n", "data: failed\n\n", "end");
    }

    private static TaskOutcome outcome() {
        return new ModelTaskRunner(FakeVisionLanguageModel.answering("a cat"), TaskRegistries.discover())
                .run("chat", TaskInput.builder(null).prompt("?").build());
    }

    /** A form in which no answer can be written. */
    private static final class Failing implements StreamedAnswer.Form {
        @Override
        public void text(EventStream events, String piece) {
            events.send(piece);
        }

        @Override
        public void answered(EventStream events, TaskOutcome outcome) {
            throw new NoClassDefFoundError("told to");
        }

        @Override
        public void failed(EventStream events, Problem problem) {
            events.send("failed");
        }
    }

    private final class Collecting implements EventStream.Receiver {
        @Override
        public void write(byte[] bytes) {
            sent.add(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void end() {
            sent.add("end");
        }
    }
}
