/**
 * Pure functions from what was found out to what to make of it: the verdict, and what was not checked. They know no
 * server and no clock.
 */
@NullMarked
package dev.offshoot.reporter.verdict;

import org.jspecify.annotations.NullMarked;
