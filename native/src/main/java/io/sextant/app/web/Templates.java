package io.sextant.app.web;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** The pages' HTML, in which every value is escaped. Thread-safe. */
@Singleton
final class Templates {
    private final Engine engine = Engine.builder()
            .addDefaults()
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    private final Template console = template("console.html");
    private final Template state = template("state.html");
    private final Template letters = template("letters.html");

    /**
     * The first page.
     *
     * @param values of the page, and of its {@link #state}
     */
    String console(Map<String, Object> values) {
        return console.data("page", values)
                .data("state", new RawString(state(values)))
                .render();
    }

    /** The part of the first page that changes by itself. */
    String state(Map<String, Object> values) {
        return state.data("page", values).render();
    }

    /** The dead letters of one pipeline. */
    String letters(Map<String, Object> values) {
        return letters.data("page", values).render();
    }

    private Template template(String name) {
        return engine.parse(ConsoleFile.text(name), Variant.forContentType(Variant.TEXT_HTML), name);
    }
}
