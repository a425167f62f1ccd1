package io.sextant.connectors.internal.s3;

/** What an object held when it was read. */
final class S3Content {
    private final byte[] bytes;
    private final String tag;

    /** @param bytes the content takes ownership */
    S3Content(byte[] bytes, String tag) {
        this.bytes = bytes;
        this.tag = tag;
    }

    /** Shared: callers must not write to it. */
    byte[] bytes() {
        return bytes;
    }

    /** The content's entity tag, without quotes. */
    String tag() {
        return tag;
    }
}
