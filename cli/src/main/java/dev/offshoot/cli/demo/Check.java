package dev.offshoot.cli.demo;

/**
 * A fact that the demo claims, and whether it was found to be so.
 *
 * @param found what was seen, in a few words
 */
record Check(String fact, boolean held, String found) {}
