package io.sextant.routes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.message.ImageContent;
import io.sextant.connectors.result.ResultSink;
import io.sextant.tasks.TaskRunner;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is watched still does all it did: a default method that is not forwarded would silently do something else. */
class ForwardingTest {
    static List<Arguments> wrappers() {
        Class<?> content = Arrays.stream(ObservedDelivery.class.getDeclaredClasses())
                .filter(ImageContent.class::isAssignableFrom)
                .findFirst()
                .orElseThrow();
        return List.of(
                Arguments.of(ImageSource.class, ObservedSource.class),
                Arguments.of(ImageDelivery.class, ObservedDelivery.class),
                Arguments.of(ImageContent.class, content),
                Arguments.of(ResultSink.class, ObservedSink.class),
                Arguments.of(PipelineListener.class, ListenerList.class),
                Arguments.of(TaskRunner.class, ObservedTaskRunner.class));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void everyMethodIsForwarded(Class<?> contract, Class<?> wrapper) {
        List<String> wanted = Arrays.stream(contract.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(ForwardingTest::signature)
                .toList();
        assertThat(wanted).isNotEmpty();
        assertThat(Arrays.stream(wrapper.getDeclaredMethods()).map(ForwardingTest::signature))
                .containsAll(wanted);
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
