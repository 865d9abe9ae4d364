package dev.offshoot.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest delta report.
 *
 * @param blob the key of the report in the blob store, without the ending ({@code .html}, {@code .md}, {@code .json})
 * @param verdict one line for people; empty in what was written before it stood here
 * @param judgement what it makes of the push; empty in what was written before it stood here
 * @param touches what other branches could collide with; empty in what was written before it stood here
 * @param reasons of the judgement; empty in what was written before they stood here
 */
public record Report(
    Incarnation incarnation, Commit commit, String blob, Instant at, Optional<String> verdict, Optional<Judgement> judgement,
    Optional<Touches> touches, Optional<Reasons> reasons) implements Facet {

  public Report(Incarnation incarnation, Commit commit, String blob, Instant at, Optional<String> verdict, Optional<Judgement> judgement,
      Optional<Touches> touches) {
    this(incarnation, commit, blob, at, verdict, judgement, touches, Optional.empty());
  }

  public Report(Incarnation incarnation, Commit commit, String blob, Instant at) {
    this(incarnation, commit, blob, at, Optional.empty());
  }

  public Report(Incarnation incarnation, Commit commit, String blob, Instant at, Optional<String> verdict) {
    this(incarnation, commit, blob, at, verdict, Optional.empty(), Optional.empty());
  }

  @Override
  public FacetName facet() {
    return FacetName.REPORT;
  }
}
