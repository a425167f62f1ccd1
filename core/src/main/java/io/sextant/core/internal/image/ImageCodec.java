package io.sextant.core.internal.image;

/** Decodes one format. Stateless and thread-safe. */
public interface ImageCodec {
    /** Whether the bytes begin as this format does. */
    boolean recognises(byte[] encoded);

    /**
     * Reads the header without decoding or allocating for pixels.
     *
     * @throws DamagedImageException if there is no usable header
     */
    ImageLayout probe(byte[] encoded) throws DamagedImageException;

    /**
     * Decodes the pixels as Pillow's {@code convert("RGB")} gives them: alpha dropped, colour profiles ignored.
     *
     * @param layout what {@link #probe} gave, found acceptable
     * @return width x height x 3 bytes, row by row
     * @throws DamagedImageException if pixels are missing or unreadable
     */
    byte[] decode(byte[] encoded, ImageLayout layout) throws DamagedImageException;
}
