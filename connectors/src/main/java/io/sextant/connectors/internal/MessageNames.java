package io.sextant.connectors.internal;

import org.apache.commons.codec.digest.DigestUtils;

/** What rejected messages are called where they lie as files or objects, each beside its reason. */
public final class MessageNames {
    private static final String ENDING = ".message";
    private static final int DIGITS = 12;
    private static final String REPLAYED = "replayed/";

    private MessageNames() {}

    /** {@code a.message} for a letter called {@code a}. */
    public static String message(String letter) {
        return letter + ENDING;
    }

    /**
     * What a message is called whose name another one has there already, which may come from whoever calls messages alike: with a digest of
     * its body, so that it is the same each time it comes.
     *
     * @param name as of {@link #message} or {@link #unnamed}
     */
    public static String another(String name, byte[] body) {
        String digest = DigestUtils.sha256Hex(body).substring(0, DIGITS);
        return name.substring(0, name.length() - ENDING.length()) + "." + digest + ENDING;
    }

    /** What a message is called whose own name cannot be used there: {@code unnamed/….message}. */
    public static String unnamed(String name) {
        return WrittenNames.unnamed(name, ENDING);
    }

    /** Whether a name is that of a message among dead letters, replayed or not. */
    static boolean isMessage(String name) {
        return name.endsWith(ENDING);
    }

    /** Whether a name below the place of dead letters is that of a message which was not replayed. */
    public static boolean isWaiting(String name) {
        return name.endsWith(ENDING) && !name.startsWith(REPLAYED);
    }

    /** Where a message or its reason goes once it was replayed, below the same place. */
    public static String replayed(String name) {
        return REPLAYED + name;
    }
}
