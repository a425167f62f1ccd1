package io.sextant.training.evaluation;

import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageHeader;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at the images of a data set before a model answers: what is no image, and boxes that are not within theirs. */
final class ImageCheck {
    /** Boxes of fractions of pixels may end a little outside. */
    private static final double TOLERANCE = 1;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.REFERENCE);
    private final Map<Path, ImageHeader> headers = new HashMap<>();

    private ImageCheck() {}

    /** @throws DataSetException naming the line */
    static void requireSound(List<Annotation> annotations) {
        ImageCheck check = new ImageCheck();
        annotations.forEach(check::requireSound);
    }

    private void requireSound(Annotation annotation) {
        ImageHeader header = header(annotation);
        for (PixelBox box : boxes(annotation.question())) {
            if (box.xMax() > header.width() + TOLERANCE || box.yMax() > header.height() + TOLERANCE) {
                throw new DataSetException("Line " + annotation.line() + ": the box [" + box.xMin() + ", " + box.yMin()
                        + ", " + box.xMax() + ", " + box.yMax() + "] does not lie within " + annotation.image() + " of "
                        + header.width() + "x" + header.height()
                        + " pixels; boxes are [left, top, right, bottom] in pixels of the image as it is stored.");
            }
        }
    }

    private ImageHeader header(Annotation annotation) {
        Path image = annotation.image();
        try {
            ImageHeader known = headers.get(image);
            ImageHeader header = known == null ? decoder.probe(image.toString(), Files.readAllBytes(image)) : known;
            headers.put(image, header);
            return header;
        } catch (InvalidImageException e) {
            throw new DataSetException("Line " + annotation.line() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataSetException("Line " + annotation.line() + ": " + image + " cannot be read (" + e + ").", e);
        }
    }

    private static List<PixelBox> boxes(Question question) {
        List<PixelBox> boxes = new ArrayList<>();
        PixelBox asked = question.box();
        if (asked != null) {
            boxes.add(asked);
        }
        if (question.truth() instanceof Truth.Boxes truth) {
            boxes.addAll(truth.boxes());
        } else if (question.truth() instanceof Truth.Phrases truth) {
            truth.phrases().stream().map(GroundedPhrase::boxes).forEach(boxes::addAll);
        }
        return boxes;
    }
}
