/** Kept files: reports and archives, behind one port. */
@NullMarked
package dev.offshoot.blob;

import org.jspecify.annotations.NullMarked;
