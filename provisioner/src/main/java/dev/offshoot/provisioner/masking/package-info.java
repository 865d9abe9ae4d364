/**
 * What becomes of Staging's values in an epoch.
 *
 * <p>Law: fails closed. A column or field that the policy does not mention stops the snapshot; so does a rule that
 * cannot be carried out. The policy is the operator's, never a branch's.
 */
@NullMarked
package dev.offshoot.provisioner.masking;

import org.jspecify.annotations.NullMarked;
