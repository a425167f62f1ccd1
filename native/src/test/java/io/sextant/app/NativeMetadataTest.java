package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A native executable holds only the resources, constructors and members it is told of: none of ours may be forgotten. */
final class NativeMetadataTest {
    /** Read by Quarkus at build time, by people, or by native-image itself. */
    private static final Set<String> NOT_READ_AT_RUN_TIME = Set.of(
            "application.properties", "META-INF/beans.xml", "io/sextant/core/internal/draw/DejaVuSans-LICENSE.txt");

    private static final String SERVICES = "META-INF/services/";

    static List<String> modules() {
        return NativeSettings.MODULES;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void namesEveryResourceOfTheModule(String module) throws Exception {
        Set<String> patterns = NativeSettings.of(module).includedResources();
        assertThat(resources(module))
                .isNotEmpty()
                .allMatch(name -> patterns.stream().anyMatch(name::matches));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void namesTheConstructorOfEveryProviderOfTheModule(String module) throws Exception {
        Set<String> providers = new HashSet<>();
        for (String name : resources(module)) {
            if (name.startsWith(SERVICES)) {
                Files.readAllLines(NativeSettings.sources(module).resolve(name)).stream()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(provider -> providers.add("reflection " + provider + ".<init>()"));
            }
        }
        assertThat(NativeSettings.of(module).all()).containsAll(providers);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void saysWhyOfEverySetting(String module) {
        NativeSettings settings = NativeSettings.of(module);
        assertThat(settings.explained()).isEqualTo(settings.all());
    }

    /** A name that no longer exists would only make the builder warn. */
    @ParameterizedTest
    @MethodSource("modules")
    void namesOnlyMembersThatExist(String module) {
        for (String member : NativeSettings.of(module).lookedUp()) {
            assertThatCode(() -> find(member)).as(member).doesNotThrowAnyException();
        }
    }

    @Test
    void namesEveryClassThatTheCommandLineLooksInto() throws Exception {
        Set<Class<?>> needed = new HashSet<>();
        Set<String> registered = new TreeSet<>();
        for (Class<?> type : applicationClasses()) {
            if (type.isAnnotationPresent(RegisterForReflection.class)) {
                registered.add(type.getName());
            }
            Command command = type.getAnnotation(Command.class);
            if (command != null) {
                needed.addAll(List.of(type, command.versionProvider(), command.defaultValueProvider()));
            }
            for (AccessibleObject member : members(type)) {
                Option option = member.getAnnotation(Option.class);
                if (option != null) {
                    needed.addAll(List.of(type, option.completionCandidates(), option.parameterConsumer()));
                    needed.addAll(List.of(option.converter()));
                }
                Parameters parameters = member.getAnnotation(Parameters.class);
                if (parameters != null) {
                    needed.addAll(List.of(type, parameters.completionCandidates(), parameters.parameterConsumer()));
                    needed.addAll(List.of(parameters.converter()));
                }
                if (member.isAnnotationPresent(Mixin.class)) {
                    needed.add(type);
                }
            }
        }
        NativeSettings.of("native").lookedUp().forEach(member -> registered.add(NativeSettings.typeOf(member)));
        // What picocli brings itself stands for "none", except for its mixin of --help and --version.
        List<String> ours = needed.stream()
                .map(Class::getName)
                .filter(name -> !name.startsWith("picocli."))
                .toList();
        assertThat(ours).hasSizeGreaterThan(10);
        assertThat(registered).containsAll(ours).contains("picocli.CommandLine$AutoHelpMixin");
    }

    private static List<Class<?>> applicationClasses() throws Exception {
        Path classes = Path.of("target", "classes");
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve("io/sextant/app"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".class")).toList()) {
                String name =
                        classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                types.add(Class.forName(name, false, NativeMetadataTest.class.getClassLoader()));
            }
        }
        return types;
    }

    private static List<AccessibleObject> members(Class<?> type) {
        return Stream.<AccessibleObject>concat(
                        Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
                .toList();
    }

    private static List<String> resources(String module) throws Exception {
        Path resources = NativeSettings.sources(module);
        try (Stream<Path> files = Files.walk(resources)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> resources.relativize(file).toString())
                    .filter(name -> !name.startsWith("META-INF/native-image/"))
                    .filter(name -> !name.startsWith(SERVICES + "org.eclipse."))
                    .filter(name -> !NOT_READ_AT_RUN_TIME.contains(name))
                    .toList();
        }
    }

    /** The member, or the type all of whose members are meant. */
    private static AnnotatedElement find(String member) throws ReflectiveOperationException {
        Class<?> type = Class.forName(NativeSettings.typeOf(member), false, NativeMetadataTest.class.getClassLoader());
        if (member.contains(" all")) {
            return type;
        }
        String name = member.substring(NativeSettings.typeOf(member).length() + 1);
        if (!name.contains("(")) {
            return type.getDeclaredField(name);
        }
        String written = name.substring(name.indexOf('(') + 1, name.length() - 1);
        List<Class<?>> parameters = new ArrayList<>();
        for (String parameter : written.isEmpty() ? new String[0] : written.split(",")) {
            parameters.add(
                    switch (parameter) {
                        case "int" -> int.class;
                        case "byte[]" -> byte[].class;
                        default -> Class.forName(parameter);
                    });
        }
        Class<?>[] types = parameters.toArray(new Class<?>[0]);
        return name.startsWith("<init>")
                ? type.getDeclaredConstructor(types)
                : type.getDeclaredMethod(name.substring(0, name.indexOf('(')), types);
    }
}
