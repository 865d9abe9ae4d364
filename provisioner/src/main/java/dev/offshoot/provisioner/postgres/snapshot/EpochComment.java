package dev.offshoot.provisioner.postgres.snapshot;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.wire.Json;

/**
 * What is written on a template: what an epoch records of it, so that it is told the same by whoever finds it. One from
 * before this was written has the moment alone.
 */
final class EpochComment {
  private EpochComment() {
  }

  static String write(StoreSnapshot part) {
    try {
      return Json.mapper().writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of texts and numbers can always be written", e);
    }
  }

  /** Empty when it is not ours. */
  static Optional<StoreSnapshot> read(String database, String comment) {
    try {
      return Optional.of(Json.mapper().readValue(comment, StoreSnapshot.class)).filter(part -> part.name().equals(database));
    } catch (JsonProcessingException notOurs) {
      return moment(comment).map(at -> new StoreSnapshot(StoreKind.POSTGRES, database, at, 0));
    }
  }

  private static Optional<Instant> moment(String comment) {
    try {
      return Optional.of(Instant.parse(comment));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }
}
