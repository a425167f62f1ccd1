package io.sextant.core.golden;

import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the set's prompt texts back into typed turns, so that the product writes them anew.
 *
 * @param turns all but the last are answered
 * @param form how earlier rounds were written
 * @param imageCount images the prompt has places for
 */
public record GoldenConversation(List<Turn> turns, ConversationForm form, int imageCount) {
    private static final Pattern ROUND =
            Pattern.compile("<s>\\[INST] (.*?) \\[/INST](.*?)(?=<s>\\[INST]|$)", Pattern.DOTALL);
    private static final Pattern IMAGES = Pattern.compile("^(?:<Img><ImageHere></Img> )+");
    private static final Pattern REQUEST = Pattern.compile("^\\[([a-z]+)] (.*)$", Pattern.DOTALL);

    public GoldenConversation {
        turns = List.copyOf(turns);
    }

    /** A whole prompt text, one or several rounds. */
    public static GoldenConversation ofPrompt(String prompt) {
        List<Turn> turns = new ArrayList<>();
        ConversationForm form = ConversationForm.CHAT_ANSWER;
        int imageCount = 0;
        Matcher round = ROUND.matcher(prompt);
        while (round.find()) {
            String question = round.group(1);
            Matcher images = IMAGES.matcher(question);
            if (images.find()) {
                imageCount = images.group().split("<ImageHere>", -1).length - 1;
                question = question.substring(images.end());
            }
            boolean isLast = round.end() == prompt.length();
            if (round.group(2).equals("</s>")) {
                form = ConversationForm.STREAMING_DEMO;
            }
            turns.add(isLast ? Turn.open(question(question)) : Turn.answered(question(question), round.group(2)));
        }
        return new GoldenConversation(turns, form, imageCount);
    }

    /** A request such as {@code [refer] the spoon}: its identifier, if any, and the user's words. */
    public static List<PromptSegment> question(String request) {
        Matcher matcher = REQUEST.matcher(request);
        if (matcher.matches()) {
            return List.of(PromptSegment.taskIdentifier(matcher.group(1)), PromptSegment.userText(matcher.group(2)));
        }
        return List.of(PromptSegment.userText(request));
    }
}
