/**
 * Stores for tests of everything above them: {@link dev.offshoot.provisioner.memory.MemoryStore} keeps every law of the
 * port in memory, {@link dev.offshoot.provisioner.memory.MisbehavingStore} makes any store do what servers and clouds do
 * on bad days.
 */
@NullMarked
package dev.offshoot.provisioner.memory;

import org.jspecify.annotations.NullMarked;
