/**
 * The report as a page: one file without scripts and without anything from elsewhere, for a browser, a phone and paper.
 *
 * <p>Law: all text goes through {@link dev.offshoot.reporter.html.Markup}, which escapes it; only tags and attributes
 * that stand in this package's source are written as they are.
 */
@NullMarked
package dev.offshoot.reporter.html;

import org.jspecify.annotations.NullMarked;
