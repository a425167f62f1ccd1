package io.sextant.core.internal.grammar;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compiles grammars for one tokenizer and keeps the ones used last, {@value #MOST_GRAMMARS} at most. Thread-safe. Compiling takes time
 * proportional to the grammar's literals; what may come at a place is found when an answer first gets there.
 */
public final class GrammarCompiler {
    private static final int MOST_GRAMMARS = 64;

    private final LlamaTokenizer tokenizer;
    private final VocabularyTrie vocabulary;
    private final Map<AnswerGrammar, CompiledGrammar> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AnswerGrammar, CompiledGrammar> eldest) {
            return size() > MOST_GRAMMARS;
        }
    };

    public GrammarCompiler(LlamaTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.vocabulary = new VocabularyTrie(tokenizer);
    }

    /** The grammar for this tokenizer; the same object again while it is remembered. */
    public CompiledGrammar compile(AnswerGrammar grammar) {
        synchronized (known) {
            CompiledGrammar compiled = known.get(grammar);
            if (compiled == null) {
                compiled = fresh(grammar);
                known.put(grammar, compiled);
            }
            return compiled;
        }
    }

    private CompiledGrammar fresh(AnswerGrammar grammar) {
        if (grammar instanceof AnswerGrammar.Free) {
            return new FreeGrammar(tokenizer.eos(), tokenizer.vocabularySize());
        }
        ExpressionBuilder builder = new ExpressionBuilder(vocabulary);
        return new ExpressionGrammar(
                new Places(vocabulary, tokenizer, Places.LARGEST_WEIGHT), builder.build(grammar), builder.text(" "));
    }
}
