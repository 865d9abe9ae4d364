/**
 * What a run of a commit's migrations was seen to do to an environment's database, statement by statement: the figures of a delta report.
 * The migrator writes one document per incarnation and commit, {@link dev.offshoot.evidence.Evidence#key}; whoever reads it needs nothing
 * else of the migrator.
 *
 * <p>Laws: every figure says how it was measured; what could not be measured is a {@link dev.offshoot.evidence.Gap} with the reason,
 * never a zero. All texts that a branch had a say in are bounded and free of control characters, and still hostile: escape them for
 * where they are shown. No value of a row stands here unmasked.
 */
@NullMarked
package dev.offshoot.evidence;

import org.jspecify.annotations.NullMarked;
