package io.sextant.routes;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** What a failure says about who has to act. */
final class Failures {
    private static final int MAX_CAUSES = 10;
    private static final int HASH_DIGITS = 16;

    private Failures() {}

    /** That of the outermost Sextant failure; what is none is a defect, but for memory that ran out. */
    static ErrorCategory category(Throwable failure) {
        Throwable told = told(failure);
        if (told instanceof SextantException known) {
            return known.category();
        }
        return told instanceof OutOfMemoryError ? ErrorCategory.RESOURCE_EXHAUSTED : ErrorCategory.DEFECT;
    }

    /** What happened, for people. */
    static String message(Throwable failure) {
        Throwable told = told(failure);
        String message = told.getMessage();
        return told instanceof SextantException && message != null ? message : "Unexpected failure: " + told;
    }

    /** For a defect, equal for failures at the same place of the program; null for anything else. */
    static @Nullable String stackHash(Throwable failure) {
        if (category(failure) != ErrorCategory.DEFECT) {
            return null;
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            digest.update(current.getClass().getName().getBytes(StandardCharsets.UTF_8));
            for (StackTraceElement frame : current.getStackTrace()) {
                if (frame.getClassName().startsWith("io.sextant.")) {
                    digest.update(frame.toString().getBytes(StandardCharsets.UTF_8));
                }
            }
            current = current.getCause();
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }

    /** What the reader of a dead letter should do. */
    static String whatToDo(ErrorCategory category) {
        return switch (category) {
            case INVALID_INPUT ->
                "Mend or replace the image, or change what the message names, and put it back where it came" + " from.";
            case DEFECT ->
                "Sextant or a task plugin failed where it should not; report it with this file and the log."
                        + " Put the image back where it came from once it is mended.";
            case CONFIGURATION, RESOURCE_EXHAUSTED, EXTERNAL_SYSTEM ->
                "Put the image back where it came from once the cause is gone.";
        };
    }

    /** The outermost failure of ours among the causes, or an error of the virtual machine, or the failure itself. */
    private static Throwable told(Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            if (current instanceof SextantException || current instanceof OutOfMemoryError) {
                return current;
            }
            current = current.getCause();
        }
        return failure;
    }
}
