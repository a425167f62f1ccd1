package io.sextant.core.prompt;

/** How rounds that are over are written before the next one. */
public enum ConversationForm {
    /** As in training: the answer, end of sequence, then a new {@code <s>[INST] … [/INST]}; each piece tokenised alone. */
    TRAINING,
    /** As the reference's {@code Chat.answer}: the answer without an end of sequence, all in one piece of text. */
    CHAT_ANSWER,
    /** As the reference's streaming demo: every earlier answer is replaced by the end of sequence. */
    STREAMING_DEMO
}
