package dev.offshoot.evidence;

/** A figure and how it was had. */
public record Amount(long value, Method method) {}
