/**
 * A model of one environment's life that is explored exhaustively: the provisioner's own code against a modelled world,
 * with every interleaving of its effects, of what happens outside, and of faults. See docs/decisions/0010.
 */
@NullMarked
package dev.offshoot.provisioner.model;

import org.jspecify.annotations.NullMarked;
