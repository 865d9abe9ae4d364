/**
 * Git repositories, read without a work tree: tips of refs, and the blobs of one commit. Everything read is untrusted.
 */
@NullMarked
package dev.offshoot.git;

import org.jspecify.annotations.NullMarked;
