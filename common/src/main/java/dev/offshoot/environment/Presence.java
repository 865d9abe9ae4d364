package dev.offshoot.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether an environment is to exist. Never removed from {@code offshoot.state}: it holds the highest incarnation ever given.
 *
 * @param tip the commit it is to be at: the one last seen at the ref, or the one a person named; empty once the ref was seen gone
 * @param failure why stores could not be made, for a developer; empty while all is well
 * @param since when the intent was taken
 * @param unknown where the state was lost once and taken up again from the stores: of incarnations up to this one nobody knows whether
 *     they served, so none is removed without a backup
 * @param pinned while a person has it otherwise than the ref says
 * @param expires when it goes whatever is done with it; of a rehearsal alone
 * @param told where the ref was read further on than any delivery had told of: what the newest had told of; empty once the tip was told of
 */
public record Presence(
    Origin origin, Intent intent, Optional<Commit> tip, Optional<String> failure, Instant since, Optional<Incarnation> unknown,
    Optional<Pin> pinned, Optional<Instant> expires, Optional<Commit> told)
    implements Facet {

  /**
   * A person named another commit than the ref's, or wants the environment though its branch is gone. It holds until the ref moves from
   * there.
   *
   * @param ref where it was when that was said, or was last seen before; empty when it was gone
   */
  public record Pin(Optional<Commit> ref) {}

  public Presence(
      Origin origin, Intent intent, Optional<Commit> tip, Optional<String> failure, Instant since, Optional<Incarnation> unknown,
      Optional<Pin> pinned) {
    this(origin, intent, tip, failure, since, unknown, pinned, Optional.empty(), Optional.empty());
  }

  public Presence(
      Origin origin, Intent intent, Optional<Commit> tip, Optional<String> failure, Instant since, Optional<Incarnation> unknown) {
    this(origin, intent, tip, failure, since, unknown, Optional.empty());
  }

  public Presence(Origin origin, Intent intent, Optional<Commit> tip, Optional<String> failure, Instant since) {
    this(origin, intent, tip, failure, since, Optional.empty());
  }

  @Override
  public FacetName facet() {
    return FacetName.PRESENCE;
  }

  /** Where the ref was last seen; empty once it was seen gone. */
  public Optional<Commit> lastSeen() {
    return pinned.map(Pin::ref).orElse(tip);
  }

  public Presence with(Intent next, Instant now) {
    return new Presence(origin, next, tip, Optional.empty(), now, unknown, pinned, expires, told);
  }

  /** With the ref there, and the environment to be there too. */
  public Presence withTip(Optional<Commit> seen) {
    return new Presence(origin, intent, seen, failure, since, unknown, Optional.empty(), expires, Optional.empty());
  }

  /** The same intent for a further commit: what failed before it is over. */
  public Presence movedTo(Optional<Commit> seen) {
    return new Presence(origin, intent, seen, Optional.empty(), since, unknown, Optional.empty(), expires, Optional.empty());
  }

  /** After a delivery that told of this commit, whatever the ref was read to be at. */
  public Presence toldOf(Commit commit) {
    return new Presence(origin, intent, tip, failure, since, unknown, pinned, expires,
        Optional.of(commit).filter(named -> !lastSeen().equals(Optional.of(named))));
  }

  /** What a person's word stands for that is said now: what they can have heard of, not what was read ahead of it. */
  public Optional<Commit> lastHeard() {
    return told.or(this::lastSeen);
  }

  /** What failed is over; all else stays. */
  public Presence recovered() {
    return new Presence(origin, intent, tip, Optional.empty(), since, unknown, pinned, expires, told);
  }

  /** To be at this commit wherever the ref is: as {@link #withTip} where it is there. */
  public Presence pinnedTo(Optional<Commit> wanted, Optional<Commit> ref) {
    return new Presence(origin, intent, wanted, failure, since, unknown,
        ref.isPresent() && wanted.equals(ref) ? Optional.empty() : Optional.of(new Pin(ref)), expires,
        Optional.empty());
  }

  public Presence failed(String reason) {
    return new Presence(origin, intent, tip, Optional.of(reason), since, unknown, pinned, expires, told);
  }

  public Presence adopted(Incarnation newest) {
    return new Presence(origin, intent, tip, failure, since, Optional.of(newest), pinned, expires, told);
  }

  public Presence expiring(Instant at) {
    return new Presence(origin, intent, tip, failure, since, unknown, pinned, Optional.of(at), told);
  }
}
