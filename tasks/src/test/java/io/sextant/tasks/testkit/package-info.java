/**
 * For authors of task plugins: the contract test that every task must pass, and a model that gives scripted answers.
 * Published as the test artefact of the tasks module.
 */
@NullMarked
package io.sextant.tasks.testkit;

import org.jspecify.annotations.NullMarked;
