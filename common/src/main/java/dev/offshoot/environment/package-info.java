/**
 * What an environment is: its names, the facets of its state, and the phase people see. Pure: no Kafka, no clock, no input or output.
 */
@NullMarked
package dev.offshoot.environment;

import org.jspecify.annotations.NullMarked;
