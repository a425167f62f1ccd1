package io.sextant.connectors.internal;

import io.sextant.core.error.ConfigurationException;

/** The option {@code workers} of a source: how many of its images are worked on at once. */
public final class SourceThreads {
    /** The option's name. */
    public static final String OPTION = "workers";

    /** Where nothing is said: enough for the model to have company for each image, few enough to hold them in memory decoded. */
    public static final int USUAL = 4;

    /** The highest number that is taken. */
    public static final int MOST = 1024;

    private SourceThreads() {}

    /**
     * Reads the option.
     *
     * @param name of the source, for messages
     * @throws ConfigurationException if it is no number in 1..{@value #MOST}
     */
    public static int parse(String name, String value) {
        try {
            int workers = Integer.parseInt(value.strip());
            if (workers >= 1 && workers <= MOST) {
                return workers;
            }
        } catch (NumberFormatException e) {
            throw refused(name, value);
        }
        throw refused(name, value);
    }

    private static ConfigurationException refused(String name, String value) {
        return new ConfigurationException(name + ": option " + OPTION + "=" + value
                + " cannot be used; write how many images are worked on at once, 1.." + MOST + ".");
    }
}
