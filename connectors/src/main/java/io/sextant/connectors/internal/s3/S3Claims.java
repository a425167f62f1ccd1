package io.sextant.connectors.internal.s3;

import io.sextant.connectors.internal.Rings;
import io.sextant.core.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pipeline reads which prefix and writes below which, so that none takes its own output for input, and no two get in
 * each other's way. Filled while pipelines are built, read afterwards.
 */
final class S3Claims {
    private final List<Watch> watches = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Rings<Server> rings = new Rings<>(Server::equals);

    /**
     * A pipeline takes images from a place.
     *
     * @param server which S3 the bucket is of
     * @throws ConfigurationException if another pipeline takes them too, or writes results there
     */
    synchronized void watch(String pipeline, String server, S3Place place) {
        Watch watch = new Watch(pipeline, server, place);
        for (Watch other : watches) {
            if (other.server().equals(server) && (other.place().holds(place) || place.holds(other.place()))) {
                throw new ConfigurationException("Pipelines \"" + other.pipeline() + "\" and \"" + pipeline
                        + "\" both take images from " + place
                        + "; make it one pipeline with the steps of both, which also reads each image only once.");
            }
        }
        for (Output output : outputs) {
            check(watch, output);
        }
        rings.takes(pipeline, "from=" + place, new Server(server, place));
        watches.add(watch);
    }

    /**
     * A pipeline writes below a place, and nothing there is input of a pipeline that reads above it.
     *
     * @param key the configuration's, for messages
     * @param steps names of the results that are written there, empty where none are
     * @throws ConfigurationException if what is written would be taken for input or overwrite another pipeline's
     */
    synchronized void output(String pipeline, String server, String key, S3Place place, List<String> steps) {
        Output output = new Output(pipeline, server, key, place, List.copyOf(steps));
        for (Watch watch : watches) {
            check(watch, output);
        }
        for (Output other : outputs) {
            Set<String> shared = new TreeSet<>(steps);
            shared.retainAll(other.steps());
            if (!shared.isEmpty()
                    && other.server().equals(server)
                    && other.place().equals(place)
                    && !other.pipeline().equals(pipeline)) {
                throw new ConfigurationException("Pipelines \"" + other.pipeline() + "\" and \"" + pipeline
                        + "\" both write results named " + shared + " into " + place
                        + " and could overwrite each other's; give the steps other names, or use another prefix.");
            }
        }
        if (steps.isEmpty()) {
            rings.puts(pipeline, key + "=" + place, new Server(server, place));
        }
        outputs.add(output);
    }

    /** The same for messages that were rejected, which are told from input by their names. */
    synchronized void letters(String pipeline, String server, S3Place place) {
        Output output = new Output(pipeline, server, "dead-letter", place, List.of());
        for (Watch watch : watches) {
            check(watch, output);
        }
        outputs.add(output);
    }

    /** Whether a key below a place that is read belongs to the output of any pipeline. */
    synchronized boolean isOutput(String server, S3Place root, String key) {
        return outputs.stream()
                .filter(output -> output.server().equals(server) && root.holds(output.place()))
                .anyMatch(output -> output.place().holds(key) && !output.place().equals(root));
    }

    /**
     * Whether an object that a message refers to belongs to the output of any pipeline.
     *
     * @param allowed below which references are read; what lies below one that itself is a place of output is asked for
     */
    synchronized boolean isOutput(String server, List<S3Place> allowed, S3Place object) {
        return outputs.stream()
                .filter(output ->
                        output.server().equals(server) && output.place().holds(object))
                .anyMatch(output ->
                        allowed.stream().noneMatch(place -> output.place().holds(place) && place.holds(object)));
    }

    /** A pipeline may read what another one has moved away, but nobody's results, and nothing of its own. */
    private static void check(Watch watch, Output output) {
        boolean concerns =
                watch.pipeline().equals(output.pipeline()) || output.key().equals("to");
        if (concerns && watch.server().equals(output.server()) && output.place().holds(watch.place())) {
            throw new ConfigurationException(output.key() + "=" + output.place() + " of pipeline \"" + output.pipeline()
                    + "\" is where pipeline \"" + watch.pipeline() + "\" takes images from, " + watch.place()
                    + ", or lies above it, so output would be taken for input; use another prefix.");
        }
    }

    private record Server(String server, S3Place place) {}

    private record Watch(String pipeline, String server, S3Place place) {}

    private record Output(String pipeline, String server, String key, S3Place place, List<String> steps) {}
}
