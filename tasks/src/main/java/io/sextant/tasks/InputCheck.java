package io.sextant.tasks;

import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds a request against what the task's descriptor says it needs. */
final class InputCheck {
    private InputCheck() {}

    /**
     * @throws InvalidRequestException naming what is missing or not wanted, and what to do
     */
    static void require(TaskDescriptor task, TaskRequest request) {
        check(task, task.imageNeed(), request.hasImage(), "an image");
        check(task, task.promptNeed(), !request.prompt().isEmpty(), "a prompt");
        check(task, task.boxNeed(), request.box() != null, "a box (xMin,yMin,xMax,yMax in pixels)");
        requireHeaders(task, request);
        requireInside(task, request.box(), request);
    }

    private static void check(TaskDescriptor task, InputNeed need, boolean given, String what) {
        if (need == InputNeed.REQUIRED && !given) {
            throw new InvalidRequestException(
                    "Task \"" + task.name() + "\" needs " + what + ", and there is none; add it"
                            + (what.equals("a prompt") && !task.examplePrompt().isEmpty()
                                    ? ", for instance \"" + task.examplePrompt() + "\"."
                                    : "."));
        }
        if (need == InputNeed.UNUSED && given) {
            throw new InvalidRequestException(
                    "Task \"" + task.name() + "\" makes no use of " + what + "; leave it out, or ask another task.");
        }
    }

    private static void requireHeaders(TaskDescriptor task, TaskRequest request) {
        new TreeMap<>(task.headers()).forEach((header, need) -> {
            if (need == InputNeed.REQUIRED
                    && request.headers().getOrDefault(header, "").isEmpty()) {
                throw new InvalidRequestException("Task \"" + task.name() + "\" reads the header \"" + header
                        + "\", and the message has none or an empty one; send it.");
            }
        });
        for (String header : new TreeSet<>(request.headers().keySet())) {
            if (task.headers().getOrDefault(header, InputNeed.UNUSED) == InputNeed.UNUSED) {
                throw new InvalidRequestException("Task \"" + task.name() + "\" makes no use of the header \"" + header
                        + "\"; leave it out. It reads "
                        + new TreeSet<>(task.headers().keySet()) + ".");
            }
        }
    }

    private static void requireInside(TaskDescriptor task, @Nullable PixelBox box, TaskRequest request) {
        if (box == null) {
            return;
        }
        if (!request.hasImage()) {
            throw new InvalidRequestException("Task \"" + task.name() + "\" was given a box but no image; add the"
                    + " image the box belongs to, or leave the box out.");
        }
        boolean outside = box.xMin() >= request.imageWidth()
                || box.yMin() >= request.imageHeight()
                || box.xMax() <= 0
                || box.yMax() <= 0;
        if (outside) {
            throw new InvalidRequestException("The box " + box.xMin() + "," + box.yMin() + "," + box.xMax() + ","
                    + box.yMax() + " lies outside the image of " + request.imageWidth() + "x"
                    + request.imageHeight() + " pixels; give it in pixels of the upright original.");
        }
    }
}
