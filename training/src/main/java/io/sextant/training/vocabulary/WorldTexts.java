package io.sextant.training.vocabulary;

import io.sextant.core.box.BinBox;
import io.sextant.training.world.World;
import io.sextant.training.world.language.WorldWords;
import io.sextant.training.world.scene.SceneSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Texts in which everything of the world's language stands next to what it can stand next to. */
public final class WorldTexts {
    /** Words of prompts that are not the world's own: those of the reference's training and of the forms around them. */
    private static final String FURTHER = """
            Briefly describe this image. Provide a concise depiction of this image. Present a short description of this image.
            Summarize this image in a few words. A short image caption: A short image description: A photo of An image that shows
            Write a short description for the image. Provide a description of what is presented in the photo. picture scene
            give me the location of where is from this image, tell me the location of the location of is could you tell me the
            location for ? where can I locate the ? what object is in this location identify the object present at this location
            what is it in describe this object in this is the object in is please describe this image in details describe this
            image as detailed as possible give a thorough description of what you see in this image find detect show locate all
            Based on the image, respond to this question with a short answer: answer question Question Answer thing things
            there are is no not any none some many much more less than here it its they them this that these those and or with
            without between near next behind under over inside of off up down middle corner side center centre object objects
            yes no zero one two three four five six seven eight nine ten first second third last biggest smallest largest
            white black grey gray red green blue yellow brown pink purple orange color colour background do does did can you
            I me my we our who what which when where why how hello hi thank thanks good bad day name help say
            """;

    private static final List<String> CONTROL = List.of(
            "[INST] <Img>",
            "</Img> [vqa] x [/INST]",
            "</Img> [caption] x [/INST]",
            "</Img> [grounding] x [/INST]",
            "</Img> [refer] x [/INST]",
            "</Img> [identify] x [/INST]",
            "</Img> [detection] x [/INST]",
            "[INST] [vqa] x? [/INST]",
            "[INST] [caption] x",
            "[INST] [grounding] x",
            "[INST] [refer] x",
            "[INST] [identify] x",
            "[INST] [detection] x",
            "<Img><ImageHere></Img>");

    private WorldTexts() {}

    /** Every text the tokenizer has to cut as Llama does. */
    public static List<String> collect(World world) {
        List<String> texts = new ArrayList<>(CONTROL);
        Set<String> words =
                new TreeSet<>(WorldWords.collect(world.nouns(), world.generator(SceneSettings.of(world.nouns()))));
        for (String word : FURTHER.split("[^A-Za-z]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        for (String word : words) {
            // People begin with a capital or do not, whatever the word.
            texts.addAll(around(word.toLowerCase(Locale.ROOT)));
            texts.addAll(around(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)));
        }
        for (int value = 0; value <= BinBox.MAX_BIN; value++) {
            String box = new BinBox(value, 7, 100, 10).toText();
            texts.addAll(List.of(
                    String.valueOf(value),
                    "is " + value + "?",
                    box,
                    "x " + box,
                    "{<3><" + value + "><" + value + "><99>}"));
        }
        return texts;
    }

    /** A word with every neighbour the language gives it. */
    private static List<String> around(String word) {
        String box = "{<10><20><30><40>}";
        return List.of(
                word,
                "x " + word + " x",
                word + "?",
                word + ", x",
                "[vqa] " + word,
                "<p>" + word + "</p> " + box + "<delim>" + box + "<delim>" + box,
                "<p>x " + word + "</p> " + box + ", <p>x",
                "<p>" + word + "</p> <p>" + word + "</p> x",
                "<p>a " + word + "</p> " + box + " and <p>x</p> " + box + " x",
                word + " " + box + " " + word + ": " + word + ".",
                word + " " + box + " [/INST]");
    }
}
