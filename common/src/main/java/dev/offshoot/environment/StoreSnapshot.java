package dev.offshoot.environment;

import java.time.Instant;

/**
 * One store's part of an epoch.
 *
 * @param name what holds it: a template database's name, or a Solr backup's name
 * @param cutAt the moment its content is of
 * @param bytes its size
 */
public record StoreSnapshot(StoreKind kind, String name, Instant cutAt, long bytes) {}
