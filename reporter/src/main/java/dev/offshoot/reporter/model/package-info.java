/**
 * What a delta report says, apart from how it looks: {@link dev.offshoot.reporter.model.DeltaReport} and its parts. Its
 * JSON is the contract {@code docs/schemas/delta-report-1.json}; fields are only added.
 *
 * <p>Law: a part that could not be found out is {@link dev.offshoot.reporter.model.Part.Missing} with the reason, never
 * an empty list, so that nobody takes silence for safety.
 */
@NullMarked
package dev.offshoot.reporter.model;

import org.jspecify.annotations.NullMarked;
