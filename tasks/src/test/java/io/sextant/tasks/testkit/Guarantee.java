package io.sextant.tasks.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The guarantees of the plugin contract that a test holds.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Guarantee {
    /** Each a type of the contract and a number in the list of its Javadoc: {@code VisionTask 2}. */
    String[] value();
}
