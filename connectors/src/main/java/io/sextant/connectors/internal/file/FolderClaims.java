package io.sextant.connectors.internal.file;

import io.sextant.connectors.internal.Rings;
import io.sextant.core.error.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pipeline watches which folder and writes into which, so that none takes its own output for input, and no two get in
 * each other's way. Filled while pipelines are built, read afterwards.
 */
final class FolderClaims {
    private final List<Watch> watches = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final List<Results> results = new ArrayList<>();
    private final Rings<Folder> rings = new Rings<>(Folder::equals);

    /**
     * A pipeline takes images from a folder.
     *
     * @throws ConfigurationException if another pipeline takes them too
     */
    synchronized void watch(String pipeline, Folder root, boolean recursive) {
        Watch watch = new Watch(pipeline, root, recursive);
        for (Watch other : watches) {
            if (watch.overlaps(other)) {
                throw new ConfigurationException("Pipelines \"" + other.pipeline() + "\" and \"" + pipeline
                        + "\" both take images from " + root
                        + "; make it one pipeline with the steps of both, which also"
                        + " reads each image only once.");
            }
        }
        rings.takes(pipeline, "from=file:" + root, root);
        watches.add(watch);
    }

    /**
     * A pipeline writes into a folder, below which nothing is input.
     *
     * @param key the configuration's, for messages
     * @throws ConfigurationException if the pipeline watches that folder, or one in it
     */
    synchronized void output(String pipeline, String key, Folder folder) {
        for (Watch watch : watches) {
            if (watch.pipeline().equals(pipeline) && folder.contains(watch.root())) {
                throw new ConfigurationException(key + "=" + folder + " is the watched folder " + watch.root()
                        + " or lies above it, so output would be taken for input; name another folder"
                        + (key.equals("to") ? ", or leave \"to\" out to write beside the images." : "."));
            }
        }
        outputs.add(new Output(folder));
    }

    /**
     * A pipeline moves images into a folder.
     *
     * @throws ConfigurationException as {@link #output}, and if they would come back to it without end
     */
    synchronized void moves(String pipeline, String key, Folder folder) {
        output(pipeline, key, folder);
        rings.puts(pipeline, key + "=file:" + folder, folder);
    }

    /**
     * A pipeline names its results in a folder.
     *
     * @throws ConfigurationException if another pipeline would write files of the same names
     */
    synchronized void results(String pipeline, Folder folder, List<String> steps) {
        for (Results other : results) {
            Set<String> shared = new TreeSet<>(steps);
            shared.retainAll(other.steps());
            if (other.folder().equals(folder)
                    && !shared.isEmpty()
                    && !other.pipeline().equals(pipeline)) {
                throw new ConfigurationException("Pipelines \"" + other.pipeline() + "\" and \"" + pipeline
                        + "\" both write results named " + shared + " into " + folder
                        + " and could overwrite each other's; give the steps other names, or use another folder.");
            }
        }
        results.add(new Results(pipeline, folder, steps));
    }

    /** Whether a folder below a watched one belongs to the output of any pipeline. */
    synchronized boolean isOutput(Folder root, Path directory) {
        return outputs.stream()
                .map(output -> output.folder().path())
                .anyMatch(output ->
                        directory.startsWith(output) && output.startsWith(root.path()) && !output.equals(root.path()));
    }

    private record Watch(String pipeline, Folder root, boolean recursive) {
        boolean overlaps(Watch other) {
            return root.equals(other.root)
                    || (recursive && root.contains(other.root))
                    || (other.recursive && other.root.contains(root));
        }
    }

    private record Output(Folder folder) {}

    private record Results(String pipeline, Folder folder, List<String> steps) {}
}
