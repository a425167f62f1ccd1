package io.sextant.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Left out where an executable takes the place of the packaged jar ({@link PackagedProgram}). */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = PackagedProgram.PROPERTY,
        matches = ".+",
        disabledReason = "about the jar and its launcher, which a native build does not make")
public @interface AboutTheJar {}
