/** What an environment is. */
@NullMarked
package dev.offshoot.environment;

import org.jspecify.annotations.NullMarked;
