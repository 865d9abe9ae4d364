/** Texts that a branch had a say in. */
@NullMarked
package dev.offshoot.migrator.text;

import org.jspecify.annotations.NullMarked;
