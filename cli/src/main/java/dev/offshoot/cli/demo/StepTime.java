package dev.offshoot.cli.demo;

/** How long a step of the demo took. */
record StepTime(String step, long millis) {}
