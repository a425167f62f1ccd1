package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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
            "application.properties",
            "META-INF/beans.xml",
            "META-INF/org/apache/camel/dev-console/sextant.json",
            "META-INF/io/sextant/tasks/camel/sextant.json",
            "io/sextant/core/internal/draw/DejaVuSans-LICENSE.txt");

    private static final String SERVICES = "META-INF/services/";

    static List<String> modules() {
        return NativeSettings.MODULES;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void namesEveryResourceOfTheModule(String module) throws Exception {
        Set<String> patterns = NativeSettings.of(module).includedResources();
        List<String> all = new ArrayList<>();
        for (Path folder : NativeSettings.resourceFolders(module)) {
            all.addAll(resources(folder));
        }
        assertThat(all).isNotEmpty().allMatch(name -> patterns.stream().anyMatch(name::matches));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void namesTheConstructorOfEveryProviderOfTheModule(String module) throws Exception {
        Set<String> providers = new HashSet<>();
        for (Path folder : NativeSettings.resourceFolders(module)) {
            for (String name : resources(folder)) {
                // Those with an ending are Camel's catalogue.
                if (name.startsWith(SERVICES) && !name.endsWith(".properties")) {
                    Files.readAllLines(folder.resolve(name)).stream()
                            .map(line -> line.replaceFirst("#.*", "")
                                    .replaceFirst("^class=", "")
                                    .strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(provider -> providers.add("reflection " + provider + ".<init>()"));
                }
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

    /** Quarkus initialises everything else while it builds, and the builder refuses objects of what may be initialised at run time only. */
    @Test
    void keepsNothingOfWhatIsInitialisedAtRunTimeInWhatIsInitialisedAtBuild() throws Exception {
        Set<String> atRunTime = new TreeSet<>();
        modules().forEach(module -> atRunTime.addAll(NativeSettings.of(module).initialisedAtRunTime()));
        List<String> kept = new ArrayList<>();
        int looked = 0;
        for (String module : modules()) {
            for (Class<?> type : classes(NativeSettings.classes(module))) {
                if (isOf(atRunTime, type)) {
                    continue;
                }
                for (Field field : type.getDeclaredFields()) {
                    looked++;
                    boolean isThereAtBuild = Modifier.isStatic(field.getModifiers()) || type.isEnum();
                    if (isThereAtBuild && isOf(atRunTime, field.getType())) {
                        kept.add(field.toString());
                    }
                }
            }
        }
        assertThat(looked).isGreaterThan(1000);
        assertThat(kept).isEmpty();
    }

    private static boolean isOf(Set<String> packages, Class<?> type) {
        return packages.stream()
                .anyMatch(name -> type.getName().equals(name) || type.getName().startsWith(name + "."));
    }

    /** Their defaults are looked up where a value cannot be used. */
    @Test
    void namesEveryMapping() throws Exception {
        List<String> mappings = new ArrayList<>();
        for (Class<?> type : classes(NativeSettings.classes("routes"))) {
            if (type.isInterface() && type.getName().matches("io\\.sextant\\.routes\\.config\\..*Config")) {
                mappings.add("reflection " + type.getName() + " allDeclaredMethods");
            }
        }
        assertThat(mappings).hasSizeGreaterThan(9);
        assertThat(NativeSettings.of("routes").all()).containsAll(mappings);
    }

    /** Camel makes it by its name in the configuration, and knows its properties by their setters alone. */
    @Test
    void namesTheModelThatConfigurationsMakeABeanOf() {
        assertThat(NativeSettings.of("tasks").all())
                .contains(
                        "reflection io.sextant.tasks.camel.SextantModel allDeclaredConstructors",
                        "reflection io.sextant.tasks.camel.SextantModel allDeclaredMethods");
    }

    @Test
    void namesEveryClassThatTheCommandLineLooksInto() throws Exception {
        Set<Class<?>> needed = new HashSet<>();
        Set<String> registered = new TreeSet<>();
        for (Class<?> type : classes(NativeSettings.classes("native"))) {
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

    private static List<Class<?>> classes(Path folder) throws Exception {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("io/sextant"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".class")).toList()) {
                String name =
                        folder.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                if (!name.endsWith("package-info")) {
                    types.add(Class.forName(name, false, NativeMetadataTest.class.getClassLoader()));
                }
            }
        }
        return types;
    }

    private static List<AccessibleObject> members(Class<?> type) {
        return Stream.<AccessibleObject>concat(
                        Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
                .toList();
    }

    private static List<String> resources(Path resources) throws Exception {
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
