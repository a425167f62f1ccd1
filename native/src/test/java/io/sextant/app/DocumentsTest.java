package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents say about each other and about versions, checked on all Markdown files of the project. */
class DocumentsTest {
    private static final Path TOP =
            Path.of(System.getProperty("sextant.top", "..")).toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                URI target = URI.create(link.group(1));
                if (target.getScheme() == null) {
                    links++;
                    if (!leadsSomewhere(document, target)) {
                        broken.add(TOP.relativize(document) + " -> " + target);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void everyDecisionIsTitledWithTheNumberOfItsFile() throws IOException {
        try (Stream<Path> decisions = Files.list(TOP.resolve("docs/adr"))) {
            assertThat(decisions.toList()).isNotEmpty().allSatisfy(decision -> {
                String number = decision.getFileName().toString().substring(0, 4);
                assertThat(Files.readAllLines(decision).get(0))
                        .as(decision.toString())
                        .startsWith("# " + number + ": ");
            });
        }
    }

    /** A version in a link to Camel's documents is soon another than that of the POM. */
    @Test
    void linksToCamelNameNoVersion() throws IOException {
        Pattern versioned = Pattern.compile("camel\\.apache\\.org/[a-z-]+/\\d[^)\\s]*");
        List<String> found = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            String text = Files.readString(document);
            links += text.split("camel\\.apache\\.org", -1).length - 1;
            versioned.matcher(text).results().forEach(result -> found.add(document + ": " + result.group()));
        }
        assertThat(found).isEmpty();
        assertThat(links).isPositive();
    }

    private static boolean leadsSomewhere(Path document, URI target) throws IOException {
        Path file = target.getPath().isEmpty()
                ? document
                : document.resolveSibling(target.getPath()).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        String fragment = target.getFragment();
        return fragment == null
                || HEADING.matcher(Files.readString(file))
                        .results()
                        .anyMatch(heading -> anchor(heading.group(1)).equals(fragment));
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(TOP)) {
            List<Path> documents = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !TOP.relativize(file).toString().matches("(.*/)?(target|\\.git|shared)/.*"))
                    .toList();
            assertThat(documents).hasSizeGreaterThan(15);
            return documents;
        }
    }
}
