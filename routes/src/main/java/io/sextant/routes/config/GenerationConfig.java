package io.sextant.routes.config;

import io.sextant.core.prompt.ConversationForm;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Keys under {@code sextant.generation}: how answers are generated where a request or step says nothing else. */
@ConfigMapping(prefix = "sextant.generation")
public interface GenerationConfig {

    /**
     * Longest answer in tokens, end of sequence included; at least 1. At the limit the answer ends, and its finish reason
     * says so. 500 is the reference's own limit. A step's {@code max-new-tokens} goes before it.
     */
    @WithDefault("500")
    int maxNewTokens();

    /**
     * How the next token is chosen: {@code greedy}, {@code sampling} (with {@code temperature}, {@code top-k}, {@code
     * top-p}, {@code seed}) or {@code beams} (with {@code beams}, {@code length-penalty}). Greedy by default: the same
     * image gets the same answer.
     */
    @WithDefault("greedy")
    Choice decoding();

    /** Sampling only: below 1 sharpens, above 1 flattens; more than 0. 0.6 is the reference demo's. */
    @WithDefault("0.6")
    double temperature();

    /** Sampling only: keeps this many of the most probable tokens; 0 keeps all. 50 is the reference demo's. */
    @WithDefault("50")
    int topK();

    /** Sampling only: keeps the most probable tokens that together reach this probability; 0 to 1. 0.9 is the reference demo's. */
    @WithDefault("0.9")
    double topP();

    /** Sampling only: any whole number; the same seed gives the same answer. */
    @WithDefault("0")
    long seed();

    /** Beam search only: continuations kept, 2 to 64. Work and memory grow with it; 4 is a usual choice. */
    @WithDefault("4")
    int beams();

    /** Beam search only: over 0 favours longer answers, 0 is neutral; finite. */
    @WithDefault("1.0")
    double lengthPenalty();

    /** Over 1 discourages tokens already written, 1 does nothing; more than 0. 1 because boxes repeat digits rightly. */
    @WithDefault("1.0")
    double repetitionPenalty();

    /**
     * How earlier rounds of a conversation are written: {@code training} (as the model was trained), {@code chat-answer} or
     * {@code streaming-demo} (the reference's two demo forms).
     */
    @WithDefault("training")
    ConversationForm conversationForm();

    /**
     * Whether answers are held to the form of their task: boxes that parse, one of a closed set, a number. {@code off} is the reference's own
     * arithmetic, bit for bit: then the model writes what it writes, and what cannot be read is told in the result.
     */
    @WithDefault("on")
    Grammar grammar();

    /**
     * Whether the pixels of boxes are finer than the whole hundredths of the image that the model writes: each edge moves towards the numbers
     * beside the one written, by how probable these were, by two at most. The written numbers stay in the result. Off by default: then
     * pixels and numbers are the same box. Only where answers are held to grammars.
     */
    @WithDefault("false")
    @WithConverter(TruthConverter.class)
    boolean refinedBoxes();

    /** Whether answers are held to their grammars. */
    enum Grammar {
        /** No answer is malformed. */
        ON,
        /** The model writes what it writes. */
        OFF
    }

    /** How the next token is chosen. */
    enum Choice {
        /** Always the most probable token. */
        GREEDY,
        /** A seeded random choice among the probable tokens. */
        SAMPLING,
        /** The best of several continuations. */
        BEAMS
    }
}
