package io.sextant.app.enqueue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.archive.ClaimSink;
import io.sextant.connectors.archive.Enqueuing;
import io.sextant.connectors.archive.ImageArchive;
import io.sextant.connectors.archive.ImageFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts all images of an archive to a topic, as claim checks. */
@Command(
        name = "enqueue",
        description =
                "Sends a claim check for every image of a folder or bucket to a topic, from where pipelines work them off.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Killed, or stopped by a failure, the same command goes on where it was; at most 1000 claim checks are then sent again.",
            "Pipelines need the archive among their references."
        })
@RegisterForReflection
public final class EnqueueCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "ARCHIVE",
            description = "Where the images lie, a folder or bucket, as the key references names it.")
    private String archive;

    @Option(
            names = "--to",
            paramLabel = "TOPIC",
            required = true,
            description = "Where to, a topic, as the key to names it.")
    private String topic;

    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description =
                    "Only what is called so: of the last part of names, or of whole ones where there is a / in it. Default: ${DEFAULT-VALUE}.",
            defaultValue = ImageFilter.IMAGES)
    private String name;

    @Option(
            names = "--min-bytes",
            paramLabel = "N",
            description = "Only what is at least so large.",
            defaultValue = "0")
    private long minBytes;

    @Option(names = "--max-bytes", paramLabel = "N", description = "Only what is at most so large.")
    private @Nullable Long maxBytes;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what was written then or later: 2026-01-31, in UTC, or 2026-01-31T12:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what was written before.")
    private @Nullable String until;

    @Option(names = "--rate", paramLabel = "N", description = "At most so many a second. Default: as many as can be.")
    private @Nullable Integer rate;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Keeps how far it is. Default: ${DEFAULT-VALUE}. Deleted at the end.",
            defaultValue = "sextant-enqueue.state")
    private Path state;

    @Option(
            names = "--count",
            description =
                    "First list the archive once to count what lies there, so that progress says how much is done and how long the rest takes.")
    private boolean isCounted;

    /** @param terminal where it is told what was sent */
    public EnqueueCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        common.applyLogging();
        ImageFilter filter = filter();
        if (rate != null && rate < 1) {
            throw wrong("--rate " + rate + " must be at least 1");
        }
        // By which URIs are read; never started.
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return enqueue(filter, context);
        }
    }

    private int enqueue(ImageFilter filter, CamelContext context) {
        Connectors connectors =
                Connectors.standard(Toolkit.configured(common).settings().connectors());
        ImageArchive images = connectors.forUri(archive).images(archive, context);
        StateFile file = new StateFile(state, images.place() + " to " + UriOptions.without(topic) + " " + filter);
        Enqueuing.State begin = file.read();
        try (ClaimSink sink = connectors.forUri(topic).claims(topic)) {
            terminal.out().println("Claim checks of " + images.place() + " to " + UriOptions.without(topic) + ":");
            Enqueuing enqueuing = new Enqueuing(images, sink, filter, rate, System::nanoTime, LockSupport::parkNanos);
            Long count = isCounted ? enqueuing.count(begin) : null;
            if (count != null) {
                terminal.out().println("There are " + count + " to look at.");
            }
            Enqueuing.State end =
                    enqueuing.run(begin, new EnqueueText(terminal.out(), file, begin, count, System::nanoTime));
            file.delete();
            terminal.out().println("Sent: " + end.sent() + ", not chosen: " + end.leftOut() + ".");
        }
        return ExitCode.DONE;
    }

    private ImageFilter filter() {
        Instant from = time("--since", since);
        Instant to = time("--until", until);
        try {
            return new ImageFilter(name, minBytes, maxBytes == null ? Long.MAX_VALUE : maxBytes, from, to);
        } catch (IllegalArgumentException e) {
            throw wrong("--name, --min-bytes, --max-bytes, --since or --until cannot be used: " + e.getMessage());
        }
    }

    private @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(option + " " + text + " is no time; write 2026-01-31 or 2026-01-31T12:00:00Z");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message + ".");
    }
}
