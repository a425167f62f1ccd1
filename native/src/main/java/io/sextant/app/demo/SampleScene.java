package io.sextant.app.demo;

import io.sextant.core.box.PixelBox;
import java.util.List;

/**
 * A picture that comes with Sextant, and what to ask about it.
 *
 * @param name of the picture, without extension
 * @param question for visual question answering
 * @param expression for one thing in it
 * @param box around that thing, in pixels
 * @param nouns for things in it
 */
record SampleScene(String name, String question, String expression, PixelBox box, String nouns) {
    static final List<SampleScene> ALL = List.of(
            new SampleScene(
                    "garden",
                    "what colour is the ball?",
                    "the red ball",
                    new PixelBox(60, 250, 140, 330),
                    "ball, tree"),
            new SampleScene(
                    "table",
                    "what stands beside the apple?",
                    "the blue cup",
                    new PixelBox(250, 120, 350, 240),
                    "cup, apple"),
            new SampleScene(
                    "street",
                    "how many windows has the house?",
                    "the yellow car",
                    new PixelBox(270, 250, 430, 320),
                    "car, house"),
            new SampleScene(
                    "sea",
                    "is there a boat on the water?",
                    "the boat with the white sail",
                    new PixelBox(160, 80, 320, 270),
                    "boat, sun"));

    /** Its file name. */
    String fileName() {
        return name + ".png";
    }

    /** The six tasks on this picture. */
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
