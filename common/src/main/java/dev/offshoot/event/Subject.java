package dev.offshoot.event;

import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;

/**
 * What a lifecycle event is about.
 *
 * @param commit the commit concerned; empty where none is, as for a snapshot
 */
public record Subject(Origin origin, Incarnation incarnation, Optional<Commit> commit) {}
