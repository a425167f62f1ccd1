package io.sextant.app.demo;

import io.sextant.core.box.PixelBox;
import java.util.List;

/**
 * An image that comes with Sextant, and what to ask about it. The images are scenes of the world that the embedded model knows,
 * none of which it has seen in training: {@code ./sextant scenes --split test --seed 77} draws them.
 *
 * @param fileName of the image
 * @param question for visual question answering
 * @param expression for one thing in it
 * @param box around one thing in it, in pixels
 * @param nouns for things in it
 */
record SampleScene(String fileName, String question, String expression, PixelBox box, String nouns) {
    static final List<SampleScene> ALL = List.of(
            new SampleScene(
                    "elephants.jpg",
                    "how many cameras are there?",
                    "the elephant on the left",
                    new PixelBox(268, 139, 456, 267),
                    "elephant"),
            new SampleScene(
                    "rocket.jpg",
                    "where is the whale?",
                    "the rocket on the left",
                    new PixelBox(329, 497, 534, 713),
                    "whale, apple"),
            new SampleScene(
                    "balloon.jpg",
                    "what color is the balloon?",
                    "the watermelon on the right",
                    new PixelBox(93, 530, 305, 742),
                    "watermelon, boat"),
            new SampleScene(
                    "sheep.jpg", "is there an ice cream?", "the drum", new PixelBox(85, 126, 281, 322), "sheep, pizza"),
            new SampleScene(
                    "owls.png",
                    "how many objects are there?",
                    "the owl at the top",
                    new PixelBox(132, 248, 172, 291),
                    "owl, gift"),
            new SampleScene(
                    "cakes.jpg",
                    "how many cakes are there?",
                    "the pig right of the hamburger",
                    new PixelBox(13, 169, 64, 220),
                    "cake"),
            new SampleScene(
                    "boats.jpg",
                    "what color is the background?",
                    "the ice cream",
                    new PixelBox(89, 527, 264, 702),
                    "boat, ice cream"),
            new SampleScene(
                    "trucks.jpg",
                    "what color is the background?",
                    "the small truck",
                    new PixelBox(264, 65, 378, 178),
                    "truck, rabbit, flower"));

    /** The six tasks on this image. */
    List<Step> steps() {
        return List.of(
                new Step("caption", ""),
                new Step("vqa", question),
                new Step("grounding", ""),
                new Step("refer", expression),
                new Step("identify", ""),
                new Step("detection", nouns));
    }

    /**
     * One question.
     *
     * @param task the task's name
     * @param prompt its words, empty where it takes none
     */
    record Step(String task, String prompt) {}
}
