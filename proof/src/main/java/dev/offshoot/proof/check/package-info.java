/**
 * The independent checker: asks the topics, the stores and the git host what there is, and says what must not be so.
 *
 * <p>Law: it shares no code with what it checks but the names of settings. It reads the topics as {@code docs/topics.md} tells anyone to,
 * as trees of JSON; names of resources, passwords and checksums are computed anew. What it collects ({@code Evidence}) is plain data, so
 * that each invariant can be shown to fail on evidence written by hand.
 */
@NullMarked
package dev.offshoot.proof.check;

import org.jspecify.annotations.NullMarked;
