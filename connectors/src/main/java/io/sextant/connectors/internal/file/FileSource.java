package io.sextant.connectors.internal.file;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.SourceStatistics;
import io.sextant.connectors.internal.DrawingMark;
import io.sextant.connectors.internal.SourceState;
import io.sextant.connectors.internal.Turns;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.SextantException;
import io.sextant.core.file.Leftovers;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watched folder. Camel's consumer lists it and hands over one file after the other; which files are due is decided here,
 * and what becomes of them after publishing.
 *
 * <p>The filter is called by the route's polling thread, which also makes the deliveries; these are worked on by others.
 */
final class FileSource implements ImageSource {
    /*
     * Camel's own bookkeeping is switched off (noop, no idempotent repository), because it decides by name and would move
     * or forget a file that was replaced while it was processed. A file counts as half-written until its size and time have
     * stood still for the settle time; Camel's readLock=changed is not used for it, because it blocks the polling thread on
     * each such file, and never lets an empty one through to the dead letters.
     */
    private static final Logger LOGGER = LoggerFactory.getLogger(FileSource.class);

    private final SourceSettings settings;
    private final FileEndpoint endpoint;
    private final Folder root;
    private final FileConnector connector;
    private final FileLedger ledger;
    private final FileDeadLetter deadLetter;
    private final @Nullable Folder moveTo;
    private final int workers;
    private final SourceState state = new SourceState("not started yet");
    private final Turns turns = new Turns();
    private final Set<Path> underWay = ConcurrentHashMap.newKeySet();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    FileSource(
            SourceSettings settings,
            FileEndpoint endpoint,
            int workers,
            Folder root,
            @Nullable Folder moveTo,
            Folder deadLetter,
            FileConnector connector) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.workers = workers;
        this.root = root;
        this.moveTo = moveTo;
        this.connector = connector;
        this.deadLetter = new FileDeadLetter(deadLetter, connector.parking());
        this.ledger =
                new FileLedger(connector.clock(), settings.settle(), settings.retryDelay(), settings.maxRetryDelay());
        @Nullable GenericFileFilter<File> users = endpoint.getFilter();
        endpoint.setFilter(file -> (users == null || users.accept(file)) && isDue(file));
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Looked at now: nothing else notices a folder that has gone, which Camel takes for an empty one. */
    @Override
    public SourceStatistics statistics() {
        if (isReachable()) {
            if (state.isDown() && state.up()) {
                LOGGER.atInfo()
                        .addKeyValue("routeId", "pipeline-" + settings.pipeline())
                        .addKeyValue("from", root)
                        .log("source is up");
            }
            return state.statistics();
        }
        String problem = "there is no folder " + root + " that can be read";
        if (state.down(problem, connector.clock().instant())) {
            LOGGER.atWarn()
                    .addKeyValue("routeId", "pipeline-" + settings.pipeline())
                    .addKeyValue("error", problem)
                    .log("source is down, goes on by itself when the cause is gone");
        }
        return state.statistics();
    }

    private boolean isReachable() {
        return Files.isDirectory(root.path()) && Files.isReadable(root.path());
    }

    @Override
    public void open() {
        state.up();
        if (!isReachable()) {
            throw new ConfigurationException(
                    "from=" + settings.uri() + ": there is no folder " + root + " that can be read; create it.");
        }
        deadLetter.open();
        if (moveTo != null) {
            moveTo.create();
            Leftovers.delete(moveTo.path(), Integer.MAX_VALUE);
        }
    }

    @Override
    public Optional<ImageDelivery> delivery(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof GenericFile<?> file)) {
            return Optional.empty();
        }
        String name = nameOf(file);
        Path path = root.path().resolve(name);
        Optional<FileStamp> stamp = FileStamp.of(path);
        if (stamp.isEmpty() || !ledger.isDue(path, stamp.get()) || !isReal(name) || !underWay.add(path)) {
            return Optional.empty();
        }
        Turns.Turn turn = turns.take();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                underWay.remove(path);
                turn.end();
            }
        });
        return Optional.of(new FileDelivery(this, name, path, stamp.get(), turn));
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public Optional<ResultSink> beside(List<String> steps) {
        connector.claims().results(settings.pipeline(), root, steps);
        return Optional.of(new FileSink(root, endpoint.isRecursive() ? Integer.MAX_VALUE : 1));
    }

    SourceSettings settings() {
        return settings;
    }

    FileLedger ledger() {
        return ledger;
    }

    FileDeadLetter deadLetter() {
        return deadLetter;
    }

    void moveAway(Path file, String name) {
        Folder target = Objects.requireNonNull(moveTo, () -> "moveTo with " + OriginalPolicy.MOVE);
        connector
                .parking()
                .park(
                        file,
                        target,
                        name,
                        place -> LOGGER.atTrace()
                                .addKeyValue("imageKey", name)
                                .addKeyValue("to", place)
                                .log("moving original"));
    }

    /** @throws io.sextant.core.error.InvalidImageException if the way to the file leads through a symbolic link by now */
    void requireReal(String name) {
        root.existing(name);
    }

    private boolean isDue(GenericFile<File> file) {
        try {
            String name = nameOf(file);
            Path path = root.path().resolve(name);
            return file.isDirectory() ? isEntered(name, path) : isTaken(name, path);
        } catch (InvalidPathException e) {
            warnOnce(file.getFileName(), "file name cannot be used, it " + PathFault.of(e) + "; or rename the file");
            return false;
        }
    }

    private boolean isEntered(String name, Path directory) {
        if (Files.isSymbolicLink(directory)) {
            warnOnce(name, "symbolic link in a watched folder is not followed");
            return false;
        }
        return !connector.claims().isOutput(root, directory);
    }

    private boolean isTaken(String name, Path path) {
        Path last = path.getFileName();
        if (last == null || ResultNames.isWritten(last.toString())) {
            return false;
        }
        Optional<FileStamp> stamp = FileStamp.of(path);
        if (stamp.isEmpty()) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                warnOnce(name, "symbolic link or special file in a watched folder is not read");
            }
            return false;
        }
        if (underWay.contains(path) || !ledger.isDue(path, stamp.get())) {
            return false;
        }
        if (ResultNames.maybeDrawing(last.toString()) && DrawingMark.isMarked(path)) {
            LOGGER.atDebug().addKeyValue("imageKey", name).log("drawing is not taken for an image");
            ledger.done(path, stamp.get());
            return false;
        }
        return true;
    }

    private boolean isReal(String name) {
        try {
            root.existing(name);
            return true;
        } catch (SextantException e) {
            warnOnce(name, e.getMessage());
            return false;
        }
    }

    private void warnOnce(String name, @Nullable String message) {
        if (warned.size() < 10_000 && warned.add(name)) {
            LOGGER.atWarn()
                    .addKeyValue("routeId", "pipeline-" + settings.pipeline())
                    .addKeyValue("imageKey", name)
                    .log(message);
        }
    }

    /** The file's own name below the watched folder: Camel's has '/' for every '\\' in it, which is a letter like any other here. */
    private String nameOf(GenericFile<?> file) {
        Path folder = endpoint.getFile().toPath().toAbsolutePath();
        Path path = ((File) file.getFile()).toPath().toAbsolutePath();
        return folder.relativize(path).toString().replace(File.separatorChar, '/');
    }
}
