package io.sextant.routes.config;

import io.sextant.tasks.declared.TaskVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names pipelines and steps may have, and what unnamed steps are called. */
public final class PipelineNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_LENGTH = 64;
    private static final String REASON = "reason";

    private PipelineNames() {}

    /** @throws IllegalArgumentException saying what a pipeline's name may be */
    public static String requirePipelineName(String name) {
        return require("Pipeline", name);
    }

    /** @throws IllegalArgumentException saying what a step's name may be */
    public static String requireStepName(String name) {
        if (name.equals(REASON)) {
            throw new IllegalArgumentException(
                    "Step name \"reason\" is taken by the files that explain rejected images; choose another");
        }
        return require("Step", name);
    }

    /**
     * The names of a pipeline's steps. An unnamed step is called like its task, without its version; where that name is taken, it gets the first
     * free number from 2 on ({@code vqa}, {@code vqa-2}), so that no two steps write the same file.
     *
     * @param given what the configuration calls each step, null where it says nothing
     * @param tasks the steps' tasks, as many
     * @throws IllegalArgumentException if two steps were given the same name
     */
    public static List<String> stepNames(List<@Nullable String> given, List<String> tasks) {
        Set<String> taken = new HashSet<>();
        for (String name : given) {
            if (name != null && !taken.add(name)) {
                throw new IllegalArgumentException("Two steps are named \"" + name
                        + "\", so their results would overwrite each other; give each its own name");
            }
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i);
            names.add(name == null ? freeName(tasks.get(i), taken) : name);
        }
        return names;
    }

    private static String freeName(String task, Set<String> taken) {
        String plain = TaskVersion.plain(task);
        String name = plain;
        for (int number = 2; !taken.add(name); number++) {
            name = plain + "-" + number;
        }
        return name;
    }

    private static String require(String kind, String name) {
        if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(kind + " name \"" + name + "\" cannot be used; write 1 to " + MAX_LENGTH
                    + " lower-case letters and digits, parts joined by '-'");
        }
        return name;
    }
}
