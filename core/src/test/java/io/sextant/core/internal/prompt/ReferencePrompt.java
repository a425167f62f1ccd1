package io.sextant.core.internal.prompt;

import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a prompt of the golden set back into the turns that make it. */
record ReferencePrompt(List<Turn> turns, int imageCount, ConversationForm form) {
    private static final Pattern ROUND =
            Pattern.compile("<s>\\[INST\\] (.*?) \\[/INST\\](.*?)(?=<s>\\[INST\\]|$)", Pattern.DOTALL);
    private static final Pattern TAGGED = Pattern.compile("\\[([a-z]+)\\] (.*)", Pattern.DOTALL);
    private static final String IMAGE = "<Img><ImageHere></Img> ";

    static ReferencePrompt parse(String prompt) {
        List<Turn> turns = new ArrayList<>();
        ConversationForm form = ConversationForm.TRAINING;
        int images = 0;
        Matcher round = ROUND.matcher(prompt);
        while (round.find()) {
            String question = round.group(1);
            while (question.startsWith(IMAGE)) {
                images++;
                question = question.substring(IMAGE.length());
            }
            String answer = round.group(2);
            if (!answer.isEmpty()) {
                form = answer.equals("</s>") ? ConversationForm.STREAMING_DEMO : ConversationForm.CHAT_ANSWER;
            }
            turns.add(answer.isEmpty() ? Turn.open(question(question)) : Turn.answered(question(question), answer));
        }
        return new ReferencePrompt(turns, images, form);
    }

    /** A request of the golden set: a task identifier, if it has one, and a user's words. */
    static List<PromptSegment> question(String request) {
        Matcher tagged = TAGGED.matcher(request);
        return tagged.matches()
                ? List.of(PromptSegment.taskIdentifier(tagged.group(1)), PromptSegment.userText(tagged.group(2)))
                : List.of(PromptSegment.userText(request));
    }
}
