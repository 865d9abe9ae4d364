@NullMarked
package dev.offshoot.ingest.delivery;

import org.jspecify.annotations.NullMarked;
