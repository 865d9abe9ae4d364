@NullMarked
package dev.offshoot.ingest;

import org.jspecify.annotations.NullMarked;
