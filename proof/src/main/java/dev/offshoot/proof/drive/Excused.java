package dev.offshoot.proof.drive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fault points that no step of a life comes past, each with the reason; a point that is not among them must be come past. */
enum Excused {
  /** The servers here are PostgreSQL's own programs without pg_dump, and a pg_dump that is older than the server is of no use. */
  DUMPS("""
      postgres.epoch.made.* postgres.epoch.dump.* postgres.epoch.restore.* postgres.dump.* postgres.restore.*
      postgres.archive.* postgres.archived.*""",
      "snapshots and archives by dump need a pg_dump as new as the server, which the embedded PostgreSQL does not bring");

  private final String points;
  private final String why;

  /** @param points patterns with {@code *}, between blanks */
  Excused(String points, String why) {
    this.points = points;
    this.why = why;
  }

  List<String> points() {
    return Stream.of(points.split("\\s+", -1)).toList();
  }

  String why() {
    return why;
  }

  static Optional<Excused> of(String point) {
    for (Excused each : values()) {
      if (each.points().stream().anyMatch(pattern -> Wanted.matches(pattern, point))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
