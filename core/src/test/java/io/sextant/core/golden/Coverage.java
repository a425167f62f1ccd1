package io.sextant.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which cases of the golden set a test has compared. {@link #assertComplete()} fails if one it is about was left out, and
 * prints how many there were.
 */
public final class Coverage {
    private final String subject;
    private final Set<String> open;
    private final int expected;
    private int comparisons;
    private double largestDifference;

    /**
     * @param subject what is compared, for the printed line
     * @param expected every case that has to be compared; at least one
     */
    public Coverage(String subject, Collection<String> expected) {
        assertThat(expected).as("golden cases of " + subject).isNotEmpty();
        this.subject = subject;
        this.open = new TreeSet<>(expected);
        this.expected = open.size();
    }

    /** Compares numbers, each within the tolerance, and counts the case. */
    public void compare(String name, float[] actual, float[] golden, double tolerance) {
        assertThat(actual).as(subject + ": number of values of " + name).hasSameSizeAs(golden);
        for (int i = 0; i < golden.length; i++) {
            double difference = Math.abs((double) actual[i] - golden[i]);
            if (!(difference <= tolerance)) {
                throw new AssertionError(subject + ": " + name + "[" + i + "] is " + actual[i] + ", golden " + golden[i]
                        + ", apart by " + difference + ", allowed " + tolerance);
            }
            largestDifference = Math.max(largestDifference, difference);
        }
        compared(name);
    }

    /** Compares for equality, and counts the case. */
    public void compareExactly(String name, Object actual, Object golden) {
        assertThat(actual).as(subject + ": " + name).isEqualTo(golden);
        compared(name);
    }

    /** Counts a case that the test compared itself. */
    public void compared(String name) {
        comparisons++;
        open.remove(name);
    }

    /** Fails if a case was not compared. */
    public void assertComplete() {
        assertThat(open).as(subject + ": golden cases not compared").isEmpty();
        System.out.printf(
                "golden %s: %d cases, %d comparisons, largest difference %.2e%n",
                subject, expected, comparisons, largestDifference);
    }
}
