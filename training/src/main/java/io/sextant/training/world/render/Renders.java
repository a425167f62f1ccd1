package io.sextant.training.world.render;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.files.UserCache;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;

/** The renders of all nouns. Immutable and safe to share between threads. */
public final class Renders {
    private final List<Render> renders;

    private Renders(List<Render> renders) {
        this.renders = List.copyOf(renders);
    }

    /**
     * Renders of images that are at hand.
     *
     * @param argb an image for each noun, in the order of their indices: {@value Render#SIDE} x {@value Render#SIDE} pixels, row by
     *     row, not premultiplied
     */
    public static Renders of(List<int[]> argb) {
        return new Renders(argb.stream().map(Render::of).toList());
    }

    /** Where renders are kept when nothing else is said: in {@code sextant} in the user's cache. */
    public static Path defaultFolder() {
        try {
            return UserCache.ofProcess().folder().resolve("sextant").resolve("fluent-emoji-3d");
        } catch (IOException e) {
            throw new ConfigurationException(
                    "There is no folder for the renders (" + e + "); " + UserCache.ADVICE + ".", e);
        }
    }

    /**
     * Reads the decoded renders of a folder; the first time fetches and decodes them.
     *
     * @param folder outside of the project; made where it is missing
     * @param progress gets a few words before each long step
     * @throws ConfigurationException if the renders are not there and cannot be fetched; says what to do
     */
    public static Renders open(Path folder, Nouns nouns, Consumer<String> progress) {
        return open(folder, nouns, progress, List.of("npm"));
    }

    static Renders open(Path folder, Nouns nouns, Consumer<String> progress, List<String> npm) {
        RenderCache cache = new RenderCache(folder.resolve("renders-" + RenderPackage.VERSION + ".bin"));
        List<String> files = nouns.list().stream().map(Noun::file).toList();
        Optional<List<int[]>> kept = cache.read(files);
        if (kept.isPresent()) {
            return of(kept.get());
        }
        Path archive = new RenderPackage(folder, npm).archive(progress);
        progress.accept("decoding " + files.size() + " renders (once)");
        List<int[]> pixels = decode(archive, files);
        cache.write(files, pixels);
        return of(pixels);
    }

    /** The render of a noun of the list these were opened with. */
    public Render of(Noun noun) {
        return renders.get(noun.index());
    }

    private static List<int[]> decode(Path archive, List<String> files) {
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
            Map<String, byte[]> contents =
                    TarEntries.read(in, files.stream().map(Renders::entry).collect(Collectors.toSet()));
            List<int[]> pixels = new ArrayList<>();
            for (String file : files) {
                byte[] content = contents.get(entry(file));
                if (content == null) {
                    throw new ConfigurationException(archive + " has no " + entry(file) + "; delete it and run again.");
                }
                pixels.add(pixels(file, content));
            }
            return pixels;
        } catch (IOException e) {
            throw new ConfigurationException("Cannot read " + archive + " (" + e + "); delete it and run again.", e);
        }
    }

    private static String entry(String file) {
        return "package/assets/" + file;
    }

    private static int[] pixels(String file, byte[] webp) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(webp));
        if (image == null
                || image.getWidth() != Render.SIDE
                || image.getHeight() != Render.SIDE
                || !image.getColorModel().hasAlpha()) {
            throw new IOException(file + " is no WebP image of " + Render.SIDE + "x" + Render.SIDE
                    + " pixels with alpha, or the WebP reader is missing on the class path");
        }
        return image.getRGB(0, 0, Render.SIDE, Render.SIDE, new int[Render.SIDE * Render.SIDE], 0, Render.SIDE);
    }
}
