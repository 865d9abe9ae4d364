package dev.offshoot.evidence;

import java.time.Duration;

/**
 * What a statement was seen waiting for.
 *
 * @param event PostgreSQL's wait event with its type, such as {@code Lock:relation} or {@code IO:DataFileRead}
 * @param behind what held it up, where it was a lock: sessions and what they had locked; else empty
 * @param took about, in steps of the sampling
 */
public record Wait(String event, String behind, Duration took, Method method) {}
