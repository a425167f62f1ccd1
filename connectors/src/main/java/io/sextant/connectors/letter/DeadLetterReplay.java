package io.sextant.connectors.letter;

import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.ErrorCategory;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of dead letters back to where they came from.
 *
 * <p>What is guaranteed: (1) a letter is noted as replayed only once its message has arrived, so none is lost, and one
 * whose note failed is sent again the next time; (2) a letter that is not chosen, or cannot be sent back whole, stays as it is;
 * (3) no letter is ever deleted.
 */
public final class DeadLetterReplay {
    private final DeadLetterArchive archive;
    private final MessageReturn messages;
    private final Choice choice;

    /**
     * @param archive where the letters lie; its owner closes it
     * @param messages takes them back; its owner closes it
     * @param choice which letters, and where to
     */
    public DeadLetterReplay(DeadLetterArchive archive, MessageReturn messages, Choice choice) {
        this.archive = Objects.requireNonNull(archive, "archive");
        this.messages = Objects.requireNonNull(messages, "messages");
        this.choice = Objects.requireNonNull(choice, "choice");
    }

    /**
     * Goes through all letters once.
     *
     * @param listener is told of each letter that was chosen
     * @return how many there were
     * @throws ConnectorException if the letters cannot be read, or a message does not arrive; what was replayed by then is noted
     */
    public Report run(Listener listener) {
        int[] counts = new int[3];
        archive.forEach(letter -> {
            if (!choice.includes(letter)) {
                counts[2]++;
                return;
            }
            String obstacle = obstacle(letter);
            if (obstacle != null) {
                counts[1]++;
                listener.refused(letter, obstacle);
                return;
            }
            String topic = Objects.requireNonNull(topic(letter));
            if (!choice.isRehearsal()) {
                messages.send(topic, letter);
                archive.markReplayed(letter);
            }
            counts[0]++;
            listener.replayed(letter, topic);
        });
        return new Report(counts[0], counts[1], counts[2]);
    }

    private @Nullable String obstacle(StoredLetter letter) {
        if (letter.incomplete().isPresent()) {
            return letter.incomplete().get();
        }
        return topic(letter) == null ? "It does not say which topic it came from; name one." : null;
    }

    private @Nullable String topic(StoredLetter letter) {
        String given = choice.topic();
        return given != null ? given : letter.topic().orElse(null);
    }

    /** Is told what becomes of the letters that were chosen. */
    public interface Listener {
        /** The message was sent to this topic, or would have been. */
        void replayed(StoredLetter letter, String topic);

        /** The message cannot be sent back, for this reason; its letter stays as it is. */
        void refused(StoredLetter letter, String reason);
    }

    /**
     * Which letters are sent, and where to.
     *
     * @param pipelines those of these pipelines, in this order; empty for all
     * @param categories those of these categories; empty for all
     * @param topic where to, or null for the topic each came from
     * @param isRehearsal whether only to tell what would be done
     * @param positions those that lie there, as {@link StoredLetter#position} says it; empty for all
     */
    public record Choice(
            List<String> pipelines,
            Set<ErrorCategory> categories,
            @Nullable String topic,
            boolean isRehearsal,
            Set<String> positions) {
        public Choice {
            pipelines = List.copyOf(pipelines);
            categories = Set.copyOf(categories);
            positions = Set.copyOf(positions);
        }

        /** Wherever they lie. */
        public Choice(
                List<String> pipelines, Set<ErrorCategory> categories, @Nullable String topic, boolean isRehearsal) {
            this(pipelines, categories, topic, isRehearsal, Set.of());
        }

        /** The same for the letters of these pipelines alone. */
        public Choice of(List<String> others) {
            return new Choice(others, categories, topic, isRehearsal, positions);
        }

        boolean includes(StoredLetter letter) {
            return (pipelines.isEmpty() || pipelines.contains(letter.reason().pipeline()))
                    && (categories.isEmpty()
                            || categories.contains(letter.reason().category()))
                    && (positions.isEmpty() || positions.contains(letter.position()));
        }
    }

    /**
     * How many letters there were.
     *
     * @param replayed sent back, or that would have been
     * @param refused that cannot be sent back
     * @param others that were not chosen
     */
    public record Report(int replayed, int refused, int others) {}
}
