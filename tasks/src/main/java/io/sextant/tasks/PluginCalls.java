package io.sextant.tasks;

import io.sextant.core.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a plugin's code at start, on a thread of its own and for no longer than a while: what throws, hangs or does not fit is told by the
 * plugin's name and holds nobody up.
 */
final class PluginCalls {
    private static final Logger LOGGER = LoggerFactory.getLogger(PluginCalls.class);

    /** How long a plugin may take to be made, and again to make its task. */
    static final PluginCalls USUAL = new PluginCalls(Duration.ofSeconds(30));

    private final Duration patience;

    /** @param patience positive */
    PluginCalls(Duration patience) {
        this.patience = patience;
    }

    /**
     * @param plugin how messages call it
     * @param what it is to do, for messages: "make the task"
     * @throws ConfigurationException of the plugin's own: its settings are at fault, not its code
     * @throws PluginFault if the code is at fault
     */
    <T> T call(String plugin, String what, Callable<T> call) throws PluginFault {
        ThreadGroup group = new ThreadGroup("task plugin " + plugin);
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(group, task, "task plugin " + plugin);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            T made = task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            thread.join(patience.toMillis());
            tellThreads(plugin, group);
            return made;
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new PluginFault(
                    fault(plugin, what, "it did not come to an end within " + patience.toMillis() / 1000.0 + " s"), e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PluginFault(fault(plugin, what, "the start was given up"), e);
        } catch (ExecutionException e) {
            throw failure(plugin, what, e);
        }
    }

    private static PluginFault failure(String plugin, String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConfigurationException wrong) {
            throw wrong;
        }
        String why = cause instanceof LinkageError mismatch
                ? TaskRegistries.linkage(mismatch)
                : cause instanceof NullPointerException && cause.getMessage() != null
                        ? String.valueOf(cause.getMessage())
                        : cause.toString();
        return new PluginFault(fault(plugin, what, why), cause);
    }

    private static String fault(String plugin, String what, String why) {
        return "Task plugin " + plugin + " cannot " + what + ": " + why + ". It is left out; mend or remove its jar.";
    }

    /** A plugin keeps no threads: nobody would end them. */
    private static void tellThreads(String plugin, ThreadGroup group) {
        Thread[] left = new Thread[group.activeCount() + 1];
        List<String> names = new ArrayList<>();
        Arrays.stream(left, 0, group.enumerate(left)).forEach(thread -> names.add(thread.getName()));
        if (!names.isEmpty()) {
            LOGGER.warn(
                    "Task plugin {} has started threads that go on, {}; nobody ends them, report it to the plugin's author.",
                    plugin,
                    names);
        }
    }
}
