package io.sextant.app.console;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Finds all options whose values cannot be used, where picocli stops at the first. */
final class WrongOptions {
    private WrongOptions() {}

    /**
     * What is wrong with a command line: the first problem, and those that show once the value at fault is taken away.
     *
     * @param arguments the whole command line, or none if it was read without problems
     */
    static List<ParameterException> all(ParameterException first, String[] arguments) {
        List<ParameterException> found = new ArrayList<>(List.of(first));
        List<String> rest = new ArrayList<>(List.of(arguments));
        CommandLine root = first.getCommandLine();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        ParameterException last = first;
        while (remove(last, rest)) {
            try {
                root.parseArgs(rest.toArray(new String[0]));
                break;
            } catch (ParameterException next) {
                found.add(next);
                last = next;
            }
        }
        return found;
    }

    /** Takes the option at fault and its value away; false where it cannot be told which they are. */
    private static boolean remove(ParameterException problem, List<String> arguments) {
        if (!(problem.getArgSpec() instanceof OptionSpec option) || problem.getValue() == null) {
            return false;
        }
        for (String name : option.names()) {
            if (arguments.remove(name + "=" + problem.getValue())) {
                return true;
            }
            for (int i = 0; i + 1 < arguments.size(); i++) {
                if (arguments.get(i).equals(name) && arguments.get(i + 1).equals(problem.getValue())) {
                    arguments.remove(i + 1);
                    arguments.remove(i);
                    return true;
                }
            }
        }
        return false;
    }
}
