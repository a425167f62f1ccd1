package io.sextant.tasks.declared;

import io.sextant.core.box.PixelBox;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one file of a declared task. Values are texts as they are written, so that {@code answers: [yes, no]} are words. */
final class TaskFileReader {
    private static final String EXAMPLES = "examples";
    private static final String VERSION = "version";
    private static final String HEADERS = "headers";
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");
    private static final Set<String> OF_EXAMPLES =
            new TreeSet<>(Set.of("image", "prompt", "box", HEADERS, "answer", "boxes"));
    private static final long MOST_BYTES = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final Consumer<String> problems;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private boolean isWrong;

    /** @param problems is told everything that is wrong, by file, line and key */
    TaskFileReader(Path file, Consumer<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The task, unless anything is wrong. */
    Optional<TaskFile> read() {
        MappingNode root = root();
        if (root == null) {
            return Optional.empty();
        }
        Map<String, Node> entries = entries(root, "");
        Node listed = entries.remove(EXAMPLES);
        String name = name(entries.remove(VERSION));
        Map<String, String> values = new LinkedHashMap<>();
        entries.forEach((key, node) -> put(key, node, values));
        TaskDeclaration task =
                DeclaredKeys.read(name, values, fault -> wrong(line(fault.key()), fault.key(), fault.message()));
        List<TaskExample> examples = listed == null ? List.of() : examples(listed);
        return task == null || isWrong ? Optional.empty() : Optional.of(new TaskFile(file, task, examples, lines));
    }

    /** The file's, with the version that the file or its name says. */
    private String name(@Nullable Node version) {
        String ofFile = TaskFiles.name(file);
        String said = version == null ? null : scalar(VERSION, version);
        if (said == null) {
            return ofFile;
        }
        String name = TaskVersion.plain(ofFile) + "@" + said.strip();
        boolean isOther = TaskVersion.parse(ofFile).isPresent() && !name.equals(ofFile);
        if (!NUMBER.matcher(said.strip()).matches() || isOther) {
            wrong(
                    line(Objects.requireNonNull(version)),
                    VERSION,
                    "\"" + said + "\" must be "
                            + (isOther ? "that of the file's name, or be left out." : "a whole number of at least 1."));
            return ofFile;
        }
        return name;
    }

    private @Nullable MappingNode root() {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text()));
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
            wrong(null, null, "It must be a list of keys and their values, \"template: is it day?\".");
        } catch (MarkedYAMLException e) {
            Integer line =
                    e.getProblemMark() == null ? null : e.getProblemMark().getLine() + 1;
            wrong(line, null, "It is malformed YAML: " + e.getProblem() + ".");
        } catch (YAMLException e) {
            wrong(null, null, "It is malformed YAML: " + e.getMessage() + ".");
        } catch (NoSuchFileException e) {
            wrong(null, null, "There is no such file.");
        } catch (CharacterCodingException e) {
            wrong(null, null, "It is not written in UTF-8; save it so.");
        } catch (IOException e) {
            wrong(null, null, "It cannot be read (" + e.getMessage() + ").");
        }
        return null;
    }

    private String text() throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        String text = Files.readString(file);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private Map<String, Node> entries(MappingNode mapping, String prefix) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                wrong(line(tuple.getKeyNode()), null, "A key must be a word.");
                continue;
            }
            lines.putIfAbsent(prefix + key.getValue(), line(key));
            if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                wrong(line(key), prefix + key.getValue(), "The key is there twice; drop one of them.");
            }
        }
        return entries;
    }

    /** A list becomes {@code key[0]}, {@code key[1]}, as in a properties file. */
    private void put(String key, Node node, Map<String, String> values) {
        if (key.equals(StepKeys.STEPS) && node instanceof SequenceNode steps) {
            values.put(key, "");
            for (int i = 0; i < steps.getValue().size(); i++) {
                putAll(StepKeys.STEPS + "[" + i + "]", steps.getValue().get(i), values);
            }
            return;
        }
        boolean isOfStep = key.startsWith(StepKeys.STEPS + "[") && key.endsWith("." + HEADERS);
        if ((key.equals(StepKeys.BUDGET) || isOfStep) && node instanceof MappingNode) {
            putAll(key, node, values);
            return;
        }
        if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                String indexed = key + "[" + i + "]";
                lines.put(indexed, line(list.getValue().get(i)));
                String value = scalar(indexed, list.getValue().get(i));
                if (value != null) {
                    values.put(indexed, value);
                }
            }
            return;
        }
        String value = scalar(key, node);
        if (value != null) {
            values.put(key, value);
        }
    }

    /** {@code budget.tokens}. */
    private void putAll(String parent, Node node, Map<String, String> values) {
        if (!(node instanceof MappingNode mapping)) {
            wrong(line(node), parent, "It must be a list of keys and their values.");
            return;
        }
        entries(mapping, parent + ".").forEach((key, child) -> put(parent + "." + key, child, values));
        lines.putIfAbsent(parent, line(node));
    }

    private @Nullable String scalar(String key, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            wrong(line(node), key, "It must be one value.");
            return null;
        }
        if (scalar.getValue().isBlank()) {
            wrong(line(node), key, "It has no value; write one, or drop the key.");
            return null;
        }
        return scalar.getValue();
    }

    private List<TaskExample> examples(Node listed) {
        if (!(listed instanceof SequenceNode list)) {
            wrong(line(listed), EXAMPLES, "It must be a list, each line \"- \" and the example's keys.");
            return List.of();
        }
        List<TaskExample> examples = new ArrayList<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            Node node = list.getValue().get(i);
            String where = EXAMPLES + "[" + i + "]";
            if (node instanceof MappingNode mapping) {
                example(where, mapping).ifPresent(examples::add);
            } else {
                wrong(line(node), where, "It must be a list of keys, of " + OF_EXAMPLES + ".");
            }
        }
        return examples;
    }

    private Optional<TaskExample> example(String where, MappingNode mapping) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        entries(mapping, where + ".").forEach((key, node) -> {
            if (key.equals(HEADERS)) {
                headers.putAll(headers(where + "." + key, node));
                return;
            }
            String value = scalar(where + "." + key, node);
            if (!OF_EXAMPLES.contains(key)) {
                wrong(line(node), where + "." + key, "There is no such key; known are " + OF_EXAMPLES + ".");
            } else if (value != null) {
                values.put(key, value);
            }
        });
        try {
            String image = values.get("image");
            String box = values.get("box");
            String boxes = values.get("boxes");
            return Optional.of(new TaskExample(
                    image == null ? null : file.resolveSibling(image),
                    values.getOrDefault("prompt", ""),
                    box == null ? null : PixelBox.parse(box),
                    values.get("answer"),
                    boxes == null ? null : count(boxes),
                    headers));
        } catch (IllegalArgumentException e) {
            wrong(line(mapping), where, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Map<String, String> headers(String where, Node node) {
        Map<String, String> headers = new LinkedHashMap<>();
        putAll(where, node, headers);
        Map<String, String> byName = new LinkedHashMap<>();
        headers.forEach((key, value) -> byName.put(key.substring(where.length() + 1), value));
        return byName;
    }

    private static Integer count(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"boxes\" must be a whole number, was \"" + text + "\".", e);
        }
    }

    /** Where a key stands; one that is missing, where the others of its step begin. */
    private @Nullable Integer line(String key) {
        Integer line = lines.get(key);
        int end = key.lastIndexOf('.');
        return line == null && end > 0 ? lines.get(key.substring(0, end)) : line;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private void wrong(@Nullable Integer line, @Nullable String key, String message) {
        isWrong = true;
        problems.accept(TaskFile.place(file, line, key) + ": " + message);
    }
}
