package io.sextant.tasks;

import io.sextant.tasks.spi.VisionTask;
import java.util.Collection;

/** The tasks an application has, by name: built-in, plugged in and declared. */
public interface TaskRegistry {

    /**
     * @param name as in {@code sextant:<name>}
     * @throws io.sextant.core.error.InvalidRequestException naming the known tasks, if there is none of this name
     */
    VisionTask task(String name);

    /** All tasks, ordered by name. */
    Collection<VisionTask> tasks();
}
