package io.sextant.app.pipeline;

/**
 * A message a test has sent.
 *
 * @param key the message's
 * @param isGood whether results must come of it, else a dead letter
 */
record SentMessage(String key, boolean isGood) {}
