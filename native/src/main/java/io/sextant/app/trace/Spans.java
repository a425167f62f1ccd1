package io.sextant.app.trace;

import io.opentelemetry.api.common.AttributeKey;

/** How spans and what they carry are named. docs/operations.md is the contract. */
final class Spans {
    /** Who makes them. */
    static final String SCOPE = "io.sextant";

    static final AttributeKey<String> PIPELINE = AttributeKey.stringKey("sextant.pipeline");
    static final AttributeKey<String> SOURCE = AttributeKey.stringKey("sextant.source");
    static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("sextant.message");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("sextant.outcome");
    static final AttributeKey<String> CATEGORY = AttributeKey.stringKey("sextant.category");
    static final AttributeKey<Long> IMAGES = AttributeKey.longKey("sextant.images");
    static final AttributeKey<String> TASK = AttributeKey.stringKey("sextant.task");
    static final AttributeKey<String> RESULT_ID = AttributeKey.stringKey("sextant.result.id");
    static final AttributeKey<Long> PROMPT_TOKENS = AttributeKey.longKey("sextant.tokens.prompt");
    static final AttributeKey<Long> ANSWER_TOKENS = AttributeKey.longKey("sextant.tokens.generated");
    static final AttributeKey<Boolean> IS_IMAGE_CACHED = AttributeKey.booleanKey("sextant.image.cached");

    private Spans() {}
}
