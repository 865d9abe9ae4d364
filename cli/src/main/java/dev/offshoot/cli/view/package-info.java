/**
 * What a person or a program is shown of environments and events. Text that a branch may have written is made harmless
 * first.
 */
@NullMarked
package dev.offshoot.cli.view;

import org.jspecify.annotations.NullMarked;
