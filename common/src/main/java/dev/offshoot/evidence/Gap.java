package dev.offshoot.evidence;

/** What was not measured, and why. */
public record Gap(Aspect aspect, String why) {}
