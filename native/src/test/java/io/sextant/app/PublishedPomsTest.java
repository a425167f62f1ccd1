package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What the POMs say that others get: what a public repository asks of each, and which artefacts belong together. */
class PublishedPomsTest {
    private static final Path TOP = Path.of(System.getProperty("sextant.top", ".."));
    private static final String BOM = "native/bom";

    /** Folders of the artefacts that are published; the top has the parent. */
    static List<String> published() throws Exception {
        List<String> folders = new ArrayList<>(List.of("."));
        for (String module : texts(pom("."), "modules", "module")) {
            if (!texts(pom(module), "properties", "maven.deploy.skip").contains("true")) {
                folders.add(module);
            }
        }
        return folders;
    }

    @Test
    void librariesArePublishedAndApplicationsAreNot() throws Exception {
        assertThat(published())
                .contains(".", "core", "tasks", "connectors", "routes", "native/extension/runtime", BOM)
                .doesNotContain("native", "training", "playground/kafka", "playground/s3");
    }

    @ParameterizedTest
    @MethodSource("published")
    void saysWhatARepositoryAsks(String folder) throws Exception {
        Element pom = pom(folder);

        assertThat(texts(pom, "name")).as("name of %s", folder).hasSize(1);
        assertThat(texts(pom, "description")).as("description of %s", folder).hasSize(1);
        for (List<String> path : List.of(
                List.of("version"),
                List.of("url"),
                List.of("licenses", "license", "name"),
                List.of("licenses", "license", "url"),
                List.of("developers", "developer", "name"),
                List.of("developers", "developer", "organization"),
                List.of("scm", "connection"),
                List.of("scm", "url"))) {
            assertThat(inherited(pom, path))
                    .as("%s of %s", path, folder)
                    .isEqualTo(texts(pom("."), path.toArray(String[]::new)));
        }
    }

    @Test
    void theBomNamesEveryLibraryAndTheTestKit() throws Exception {
        List<String> libraries = new ArrayList<>();
        for (String folder : published()) {
            if (!texts(pom(folder), "packaging").contains("pom")) {
                libraries.addAll(texts(pom(folder), "artifactId"));
            }
        }
        Element bom = pom(BOM);
        String[] dependency = {"dependencyManagement", "dependencies", "dependency"};

        libraries.removeIf(name -> name.endsWith("-archetype"));
        assertThat(texts(bom, path(dependency, "artifactId"))).containsAll(libraries);
        assertThat(texts(bom, path(dependency, "groupId"))).containsOnly("io.sextant");
        assertThat(texts(bom, path(dependency, "version"))).containsOnly("${project.version}");
        assertThat(texts(bom, path(dependency, "type"))).containsExactly("test-jar");
        assertThat(texts(bom, "parent")).isEmpty();
    }

    private static String[] path(String[] start, String last) {
        return Stream.concat(Stream.of(start), Stream.of(last)).toArray(String[]::new);
    }

    /** Of the POM, or of the top's where it has that as its parent and says nothing itself. */
    private static List<String> inherited(Element pom, List<String> path) throws Exception {
        List<String> own = texts(pom, path.toArray(String[]::new));
        boolean inherits = own.isEmpty() && texts(pom, "parent", "artifactId").equals(List.of("sextant"));
        return inherits ? texts(pom("."), path.toArray(String[]::new)) : own;
    }

    private static Element pom(String folder) throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(TOP.resolve(folder).resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    /** The texts of all elements there, in their order. */
    private static List<String> texts(Element from, String... path) {
        Stream<Element> elements = Stream.of(from);
        for (String name : path) {
            elements = elements.flatMap(element -> children(element, name));
        }
        return elements.map(element -> element.getTextContent().strip()).toList();
    }

    private static Stream<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children.stream();
    }
}
