/**
 * The configuration: a YAML file read once, at the edge, into records. Every error is reported at once and names its
 * key.
 */
@NullMarked
package dev.offshoot.config;

import org.jspecify.annotations.NullMarked;
