/** Where a worker can be made to die, so that it is proved that it may: off unless the environment of the process says otherwise. */
@NullMarked
package dev.offshoot.fault;

import org.jspecify.annotations.NullMarked;
