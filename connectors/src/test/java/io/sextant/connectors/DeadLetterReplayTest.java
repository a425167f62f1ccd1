package io.sextant.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.DeadLetterReplay;
import io.sextant.connectors.letter.MessageReturn;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.core.error.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterReplayTest {
    private final List<StoredLetter> letters = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private @Nullable String brokenTopic;

    @Test
    void notesALetterOnlyOnceItsMessageHasArrived() {
        letters.add(letter("1", "photos", ErrorCategory.INVALID_INPUT, "in", null));

        DeadLetterReplay.Report report = replay(Set.of(), Set.of(), null, false);

        assertThat(events).containsExactly("sent 1 to in", "noted 1", "told 1 in");
        assertThat(report).isEqualTo(new DeadLetterReplay.Report(1, 0, 0));
    }

    @Test
    void notesNothingThatDidNotArrive() {
        letters.add(letter("1", "photos", ErrorCategory.INVALID_INPUT, "in", null));
        letters.add(letter("2", "photos", ErrorCategory.INVALID_INPUT, "broken", null));
        letters.add(letter("3", "photos", ErrorCategory.INVALID_INPUT, "in", null));
        brokenTopic = "broken";

        assertThatThrownBy(() -> replay(Set.of(), Set.of(), null, false)).isInstanceOf(ConnectorException.class);

        assertThat(events).containsExactly("sent 1 to in", "noted 1", "told 1 in");
    }

    @Test
    void leavesLettersOfOtherPipelinesAndCategories() {
        letters.add(letter("1", "photos", ErrorCategory.DEFECT, "in", null));
        letters.add(letter("2", "photos", ErrorCategory.INVALID_INPUT, "in", null));
        letters.add(letter("3", "scans", ErrorCategory.DEFECT, "in", null));

        DeadLetterReplay.Report report = replay(Set.of("photos"), Set.of(ErrorCategory.DEFECT), null, false);

        assertThat(events).containsExactly("sent 1 to in", "noted 1", "told 1 in");
        assertThat(report).isEqualTo(new DeadLetterReplay.Report(1, 0, 2));
    }

    @Test
    void refusesWhatIsNotWholeAndSaysWhereItLies() {
        letters.add(
                letter("1", "photos", ErrorCategory.INVALID_INPUT, "in", "Left out: its body. It lies in topic in."));
        letters.add(letter("2", "photos", ErrorCategory.INVALID_INPUT, null, null));

        DeadLetterReplay.Report report = replay(Set.of(), Set.of(), null, false);

        assertThat(events)
                .containsExactly(
                        "refused 1: Left out: its body. It lies in topic in.",
                        "refused 2: It does not say which topic it came from; name one.");
        assertThat(report).isEqualTo(new DeadLetterReplay.Report(0, 2, 0));
    }

    @Test
    void sendsToAnotherTopicWhereOneIsGiven() {
        letters.add(letter("1", "photos", ErrorCategory.INVALID_INPUT, null, null));

        replay(Set.of(), Set.of(), "elsewhere", false);

        assertThat(events).containsExactly("sent 1 to elsewhere", "noted 1", "told 1 elsewhere");
    }

    @Test
    void sendsOnlyWhatLiesWhereItIsTold() {
        letters.add(letter("1", "photos", ErrorCategory.DEFECT, "in", null));
        letters.add(letter("2", "photos", ErrorCategory.DEFECT, "in", null));
        letters.add(letter("3", "scans", ErrorCategory.DEFECT, "in", null));

        DeadLetterReplay.Report report = new DeadLetterReplay(
                        new Archive(),
                        new Return(),
                        new DeadLetterReplay.Choice(List.of(), Set.of(), null, false, Set.of("2", "3", "4"))
                                .of(List.of("photos")))
                .run(new Listener());

        assertThat(events).containsExactly("sent 2 to in", "noted 2", "told 2 in");
        assertThat(report).isEqualTo(new DeadLetterReplay.Report(1, 0, 2));
    }

    @Test
    void touchesNothingInARehearsal() {
        letters.add(letter("1", "photos", ErrorCategory.INVALID_INPUT, "in", null));

        DeadLetterReplay.Report report = replay(Set.of(), Set.of(), null, true);

        assertThat(events).containsExactly("told 1 in");
        assertThat(report).isEqualTo(new DeadLetterReplay.Report(1, 0, 0));
    }

    private DeadLetterReplay.Report replay(
            Set<String> pipelines, Set<ErrorCategory> categories, @Nullable String topic, boolean isRehearsal) {
        return new DeadLetterReplay(
                        new Archive(),
                        new Return(),
                        new DeadLetterReplay.Choice(List.copyOf(pipelines), categories, topic, isRehearsal))
                .run(new Listener());
    }

    private static StoredLetter letter(
            String position,
            String pipeline,
            ErrorCategory category,
            @Nullable String topic,
            @Nullable String incomplete) {
        return new StoredLetter(
                position,
                new StoredLetter.Reason(pipeline, category, "bad"),
                topic,
                null,
                new byte[] {1},
                List.of(),
                incomplete);
    }

    private final class Archive implements DeadLetterArchive {
        @Override
        public String place() {
            return "memory";
        }

        @Override
        public void forEach(Consumer<StoredLetter> reader) {
            letters.forEach(reader);
        }

        @Override
        public void markReplayed(StoredLetter letter) {
            events.add("noted " + letter.position());
        }

        @Override
        public void close() {}
    }

    private final class Return implements MessageReturn {
        @Override
        public void send(String topic, StoredLetter letter) {
            if (topic.equals(brokenTopic)) {
                throw new ConnectorException("gone", null);
            }
            events.add("sent " + letter.position() + " to " + topic);
        }

        @Override
        public void close() {}
    }

    private final class Listener implements DeadLetterReplay.Listener {
        @Override
        public void replayed(StoredLetter letter, String topic) {
            events.add("told " + letter.position() + " " + topic);
        }

        @Override
        public void refused(StoredLetter letter, String reason) {
            events.add("refused " + letter.position() + ": " + reason);
        }
    }
}
