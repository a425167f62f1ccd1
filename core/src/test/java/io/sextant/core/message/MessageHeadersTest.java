package io.sextant.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageHeadersTest {
    @Test
    void namesAreOursAndDistinct() throws IllegalAccessException {
        List<String> names = names();

        assertThat(names).hasSizeGreaterThan(15).doesNotHaveDuplicates().allMatch(MessageHeaders::isOurs);
        assertThat(names).containsAll(MessageHeaders.READ);
    }

    @Test
    void ownsEveryNameOfItsPrefixInWhateverCase() {
        assertThat(MessageHeaders.isOurs("sextantprompt")).isTrue();
        assertThat(MessageHeaders.isOurs("traceparent")).isFalse();
        assertThat(MessageHeaders.isOurs("")).isFalse();
    }

    private static List<String> names() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : MessageHeaders.class.getFields()) {
            if (field.getType() == String.class && !field.getName().equals("PREFIX")) {
                names.add((String) field.get(null));
            }
        }
        return names;
    }
}
