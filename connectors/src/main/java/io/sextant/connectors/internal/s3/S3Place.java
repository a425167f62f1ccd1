package io.sextant.connectors.internal.s3;

import io.sextant.connectors.UriOptions;
import io.sextant.core.error.ConfigurationException;
import java.util.regex.Pattern;

/**
 * A bucket, or the objects in it whose keys begin with a prefix.
 *
 * @param bucket the bucket's name
 * @param prefix what keys begin with; empty for all of the bucket
 */
record S3Place(String bucket, String prefix) {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final String SCHEME = "s3:";

    S3Place {
        if (!isBucket(bucket)) {
            throw new IllegalArgumentException("\"" + bucket + "\" is no bucket's name");
        }
    }

    /** Whether a bucket can be called so. */
    static boolean isBucket(String name) {
        return BUCKET.matcher(name).matches() && !name.contains("..");
    }

    /**
     * Reads {@code s3:bucket}, {@code s3:bucket/prefix} or the same with {@code s3://}. A prefix written so is a folder: it
     * holds what lies below it, and {@code photos} does not hold {@code photos-old}.
     *
     * @param key the configuration's, for messages
     * @param uri with options or without
     * @throws ConfigurationException if it is none
     */
    static S3Place parse(String key, String uri) {
        String text = UriOptions.without(uri.strip());
        if (!text.startsWith(SCHEME)) {
            throw new ConfigurationException(key + "=" + text + " is no place in S3; write s3:bucket/prefix.");
        }
        String path = text.substring(SCHEME.length());
        path = path.startsWith("//") ? path.substring(2) : path;
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1);
        if (isClimbing(prefix) || prefix.startsWith("/")) {
            throw new ConfigurationException(key + "=" + text
                    + " has an empty part, \".\" or \"..\" in its prefix; write the prefix as keys have it.");
        }
        try {
            return new S3Place(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    key + "=" + text + ": " + e.getMessage() + "; write s3:bucket or s3:bucket/prefix.", e);
        }
    }

    /** Whether a key has a part that is "." or "..": servers that keep objects as files would take it for a way. */
    static boolean isClimbing(String key) {
        for (String part : key.split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key of the same bucket lies here. */
    boolean holds(String key) {
        return key.startsWith(prefix);
    }

    /** Whether all that lies in the other place lies here too. */
    boolean holds(S3Place other) {
        return bucket.equals(other.bucket) && other.prefix.startsWith(prefix);
    }

    /** The prefix as a folder: up to its last {@code /}. */
    String folder() {
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "s3:" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
