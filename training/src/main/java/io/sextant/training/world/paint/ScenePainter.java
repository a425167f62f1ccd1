package io.sextant.training.world.paint;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.render.Render;
import io.sextant.training.world.render.Renders;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws scenes. The same scene and size give the same image, and another size gives the same image squashed to it (up to noise
 * and the finest detail), so that training can draw straight at an image encoder's size. Immutable and thread-safe.
 */
public final class ScenePainter {
    private static final int SOFT_LEVEL = 4;
    private static final double JPEG_CHANCE = 0.2;

    private final Renders renders;

    public ScenePainter(Renders renders) {
        this.renders = renders;
    }

    /** Draws a scene at its true size. */
    public Painting paint(Scene scene) {
        return paint(scene, scene.width(), scene.height());
    }

    /** Draws a scene squashed to a size in pixels. */
    public Painting paint(Scene scene, int width, int height) {
        SplittableRandom random = new SplittableRandom(~scene.seed());
        Canvas canvas = new Canvas(width, height, scene.width(), scene.height());
        // Each part has a stream of its own: the size decides how many numbers some of them draw.
        Backdrop.paint(canvas, scene.background(), random.split());
        byte[] front = new byte[width * height];
        Arrays.fill(front, Painting.NO_OBJECT);
        RandomGenerator light = random.split();
        boolean hasShadows = light.nextDouble() < 0.4;
        double shadowX = light.nextDouble(-0.12, 0.12);
        double shadowY = light.nextDouble(0.02, 0.12);
        float shadowOpacity = (float) light.nextDouble(0.1, 0.4);
        for (int i = 0; i < scene.objects().size(); i++) {
            PlacedObject object = scene.objects().get(i);
            PixelBox target = scaled(object.box(), (double) width / scene.width(), (double) height / scene.height());
            Render render = renders.of(object.noun());
            if (hasShadows) {
                PixelBox shadow = shifted(target, shadowX, shadowY);
                darken(
                        canvas,
                        RenderStamp.of(render, SOFT_LEVEL, shadow, object.mirrored(), width, height),
                        shadowOpacity);
            }
            float brightness = (float) light.nextDouble(0.85, 1.12);
            stamp(canvas, RenderStamp.of(render, target, object.mirrored(), width, height), brightness, front, i);
        }
        Look.apply(canvas, scene.width(), random.split());
        return new Painting(width, height, saved(canvas, random.split()), front);
    }

    /** Some images have been saved as JPEG before. */
    private static byte[] saved(Canvas canvas, RandomGenerator random) {
        byte[] rgb = canvas.toBytes();
        boolean isJpeg = random.nextDouble() < JPEG_CHANCE;
        float quality = (float) random.nextDouble(0.45, 0.95);
        return isJpeg ? JpegTraces.leave(rgb, canvas.width, canvas.height, quality) : rgb;
    }

    private static void stamp(Canvas canvas, RenderStamp stamp, float brightness, byte[] front, int index) {
        float[] samples = stamp.samples();
        int from = 0;
        for (int y = 0; y < stamp.height(); y++) {
            int pixel = (stamp.top() + y) * canvas.width + stamp.left();
            for (int x = 0; x < stamp.width(); x++) {
                float alpha = samples[from + 3];
                if (alpha > 0) {
                    float through = 1 - alpha / 255;
                    for (int channel = 0; channel < 3; channel++) {
                        int at = 3 * pixel + channel;
                        float lit = Math.min(alpha, brightness * samples[from + channel]);
                        canvas.rgb[at] = through * canvas.rgb[at] + lit;
                    }
                    if (alpha >= Render.OBJECT_ALPHA) {
                        front[pixel] = (byte) index;
                    }
                }
                from += 4;
                pixel++;
            }
        }
    }

    private static void darken(Canvas canvas, RenderStamp stamp, float opacity) {
        for (int y = 0; y < stamp.height(); y++) {
            for (int x = 0; x < stamp.width(); x++) {
                canvas.blend(stamp.left() + x, stamp.top() + y, Shade.BLACK, opacity * stamp.alpha(x, y) / 255);
            }
        }
    }

    private static PixelBox scaled(PixelBox box, double scaleX, double scaleY) {
        return new PixelBox(box.xMin() * scaleX, box.yMin() * scaleY, box.xMax() * scaleX, box.yMax() * scaleY);
    }

    private static PixelBox shifted(PixelBox box, double shareX, double shareY) {
        double x = shareX * (box.xMax() - box.xMin());
        double y = shareY * (box.yMax() - box.yMin());
        return new PixelBox(box.xMin() + x, box.yMin() + y, box.xMax() + x, box.yMax() + y);
    }
}
