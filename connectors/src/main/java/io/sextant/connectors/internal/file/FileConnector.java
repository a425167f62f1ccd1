package io.sextant.connectors.internal.file;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.archive.ImageArchive;
import io.sextant.connectors.internal.CronScheduler;
import io.sextant.connectors.internal.SourceThreads;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ConfigurationException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.file.FileEndpoint;
import org.jspecify.annotations.Nullable;

/** The {@code file:} scheme. One instance serves all pipelines of an application. */
public final class FileConnector implements Connector {
    private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /** Options of Camel's file component that keys of the pipeline stand for, and those keys. */
    private static final Map<String, String> REPLACED = replaced();

    private final Clock clock;
    private final FolderClaims claims = new FolderClaims();
    private final FileParking parking = new FileParking();

    /** For the service loader: with the clock of this machine. */
    public FileConnector() {
        this(Clock.systemUTC());
    }

    /** @param clock tells how long a file has been left alone */
    public FileConnector(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public ImageSource source(SourceSettings settings, CamelContext context) {
        String uri = UriOptions.without(settings.uri(), SourceThreads.OPTION);
        refuseReplacedOptions(uri);
        int workers = workers(settings.uri());
        FileEndpoint endpoint = endpoint(uri, scheduler(settings, context), context);
        Folder root = Folder.of(endpoint.getFile().toPath());
        if (!Files.isDirectory(root.path())) {
            throw new ConfigurationException("from=" + uri + ": there is no folder " + root + "; create it, or mend the"
                    + " path (relative paths count from the working directory).");
        }
        Folder moveTo = settings.original() == OriginalPolicy.MOVE
                ? outputFolder("move-to", settings.moveTo(), root, "done")
                : null;
        Folder deadLetter = outputFolder("dead-letter", settings.deadLetter(), root, "rejected");
        claims.watch(settings.pipeline(), root, endpoint.isRecursive());
        if (moveTo != null) {
            claims.moves(settings.pipeline(), "move-to", moveTo);
        }
        claims.moves(settings.pipeline(), "dead-letter", deadLetter);
        return new FileSource(settings, endpoint, workers, root, moveTo, deadLetter, this);
    }

    @Override
    public ResultSink sink(SinkSettings settings, CamelContext context) {
        Folder folder = Folder.of(pathOf("to", settings.uri()));
        claims.output(settings.pipeline(), "to", folder);
        claims.results(settings.pipeline(), folder, settings.steps());
        return new FileSink(folder, Integer.MAX_VALUE);
    }

    @Override
    public DeadLetterSink deadLetter(String pipeline, String uri, CamelContext context) {
        Folder folder = Folder.of(pathOf("dead-letter", uri));
        claims.output(pipeline, "dead-letter", folder);
        return new MessageDeadLetter(folder);
    }

    /** For messages of another connector's source; images that were rejected are put back by hand. */
    @Override
    public DeadLetterArchive archive(
            String pipeline, @Nullable String from, @Nullable String place, CamelContext context) {
        if (place == null || (from != null && from.startsWith("file:"))) {
            return Connector.super.archive(pipeline, from, place, context);
        }
        Folder folder = Folder.of(pathOf("dead-letter", place));
        if (!Files.isDirectory(folder.path())) {
            throw new ConfigurationException(
                    "dead-letter=" + place + ": there is no folder " + folder + ", so there are no dead letters.");
        }
        return new MessageArchive(folder);
    }

    @Override
    public ReferenceReader references(List<String> allowed, CamelContext context) {
        List<java.nio.file.Path> roots = new ArrayList<>();
        for (String uri : allowed) {
            java.nio.file.Path root = java.nio.file.Path.of(pathOf("references", uri))
                    .toAbsolutePath()
                    .normalize();
            if (!Files.isDirectory(root)) {
                throw new ConfigurationException(
                        "references=" + uri + ": there is no folder " + root + "; create it, or mend the path.");
            }
            roots.add(root);
        }
        return new FileReferences(roots);
    }

    @Override
    public ImageArchive images(String uri, CamelContext context) {
        java.nio.file.Path root =
                java.nio.file.Path.of(pathOf("from", uri)).toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw new ConfigurationException("from=" + uri + ": there is no folder " + root + "; mend the path.");
        }
        return new FileImages(root);
    }

    Clock clock() {
        return clock;
    }

    FolderClaims claims() {
        return claims;
    }

    FileParking parking() {
        return parking;
    }

    /** The option by which Camel's endpoint finds its times; it takes the scheduler itself at its making alone. */
    private String scheduler(SourceSettings settings, CamelContext context) {
        if (settings.cron() == null) {
            return "";
        }
        String name = "sextant-cron-" + settings.pipeline();
        context.getRegistry().bind(name, new CronScheduler(settings.cron(), clock));
        return "&scheduler=#" + name;
    }

    private static FileEndpoint endpoint(String uri, String scheduler, CamelContext context) {
        boolean hasOptions = uri.indexOf('?') >= 0;
        String complete = uri + (hasOptions ? "&" : "?") + "noop=true&idempotent=false&autoCreate=false"
                + (uri.contains("readLockMarkerFile=") ? "" : "&readLockMarkerFile=false") + scheduler;
        try {
            return context.getEndpoint(complete, FileEndpoint.class);
        } catch (ResolveEndpointFailedException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException(
                    "from=" + uri + " is refused by Camel's file component: " + cause.getMessage(), e);
        }
    }

    private static int workers(String uri) {
        String value = UriOptions.read("from", uri).get(SourceThreads.OPTION);
        return value == null ? SourceThreads.USUAL : SourceThreads.parse("from=" + UriOptions.without(uri), value);
    }

    private static void refuseReplacedOptions(String uri) {
        for (String option : UriOptions.read("from", uri).keySet()) {
            String instead = REPLACED.get(option);
            if (instead != null) {
                throw new ConfigurationException(
                        "from=" + uri + ": leave the option " + option + " out; " + instead + ".");
            }
        }
    }

    private static Map<String, String> replaced() {
        String original = "the key \"original\" says what becomes of an image once its results are published";
        String deadLetter = "the key \"dead-letter\" says where bad images go";
        String known = "what was done before is known from the results themselves";
        Map<String, String> replaced = new TreeMap<>();
        for (String option : new String[] {"noop", "delete", "move", "preMove", "processStrategy"}) {
            replaced.put(option, original);
        }
        replaced.put("moveFailed", deadLetter);
        for (String option : new String[] {"idempotent", "idempotentEager", "idempotentKey", "idempotentRepository"}) {
            replaced.put(option, known);
        }
        replaced.put("localWorkDirectory", "images are read where they lie");
        replaced.put("autoCreate", "a watched folder must be there at start");
        return replaced;
    }

    private static Folder outputFolder(String key, @Nullable String configured, Folder root, String usual) {
        if (configured != null) {
            Folder folder = Folder.of(pathOf(key, configured));
            requireNoWayOut(key, java.nio.file.Path.of(pathOf(key, configured)), folder, root);
            return folder;
        }
        java.nio.file.Path place = root.path().resolve(usual);
        Folder folder = Folder.of(place);
        requireNoWayOut(key, place, folder, root);
        return folder;
    }

    /** Whoever may drop images may also put a link in the watched folder, and must not choose with it where we write. */
    private static void requireNoWayOut(String key, java.nio.file.Path named, Folder folder, Folder root) {
        boolean namedBelow = named.toAbsolutePath().normalize().startsWith(root.path());
        if (namedBelow && !root.contains(folder)) {
            throw new ConfigurationException(key + "=" + named + " leads out of the watched folder " + root
                    + " through a symbolic link to " + folder + "; remove the link, or name " + folder + " itself.");
        }
    }

    /** The path in {@code file:results}, {@code file://results} or {@code results}. */
    private static String pathOf(String key, String text) {
        String path = text.strip();
        if (path.toLowerCase(Locale.ROOT).startsWith("file:")) {
            path = path.substring("file:".length());
            path = path.startsWith("//") ? path.substring(2) : path;
        } else if (OTHER_SCHEME.matcher(path).matches()) {
            throw new ConfigurationException(
                    key + "=" + UriOptions.without(text) + " is no folder; images of a watched folder go to a folder.");
        }
        if (path.indexOf('?') >= 0) {
            throw new ConfigurationException(key + "=" + text + " takes no options; write the folder alone.");
        }
        if (path.isBlank()) {
            throw new ConfigurationException(key + "=" + text + " names no folder; write one behind \"file:\".");
        }
        return path;
    }
}
