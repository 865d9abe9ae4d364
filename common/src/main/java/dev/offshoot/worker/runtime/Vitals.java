package dev.offshoot.worker.runtime;

/** What is seen of a worker from outside, over all its sessions: whether it lives, and what it measures. */
record Vitals(Pulse pulse, RuntimeMetrics metrics) {}
