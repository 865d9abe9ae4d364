/** What anything else may send: signed JSON of our own shape. */
@NullMarked
package dev.offshoot.ingest.generic;

import org.jspecify.annotations.NullMarked;
