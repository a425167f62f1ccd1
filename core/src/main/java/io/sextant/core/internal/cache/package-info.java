/**
 * Which block of keys and values belongs to whom: the pool with its counts, the tables of sequences, and the prompt beginnings that are
 * kept for whoever asks next. Bookkeeping alone; nothing here touches a tensor. For the one thread that runs the model. Internal to core.
 */
@NullMarked
package io.sextant.core.internal.cache;

import org.jspecify.annotations.NullMarked;
