package dev.offshoot.environment;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * All facets known of one environment. Facets of an older incarnation than the presence's are ignored by the readings below.
 */
public record EnvironmentState(EnvironmentId id, Map<FacetName, Facet> facets) {
  public EnvironmentState {
    facets = Map.copyOf(facets);
  }

  /** Of an environment nobody has spoken of. */
  public static EnvironmentState unknown(EnvironmentId id) {
    return new EnvironmentState(id, Map.of());
  }

  /** The state after one facet changed. */
  public EnvironmentState with(Facet facet) {
    Map<FacetName, Facet> next = new EnumMap<>(FacetName.class);
    next.putAll(facets);
    next.put(facet.facet(), facet);
    return new EnvironmentState(id, next);
  }

  private <F extends Facet> Optional<F> facet(FacetName name, Class<F> type) {
    return Optional.ofNullable(facets.get(name)).map(type::cast);
  }

  public Optional<Presence> presence() {
    return facet(FacetName.PRESENCE, Presence.class);
  }

  public Optional<Stores> stores() {
    return facet(FacetName.STORES, Stores.class);
  }

  public Optional<Backups> backups() {
    return facet(FacetName.BACKUPS, Backups.class);
  }

  public Optional<Activity> activity() {
    return facet(FacetName.ACTIVITY, Activity.class);
  }

  public Optional<Epochs> epochs() {
    return facet(FacetName.EPOCHS, Epochs.class);
  }

  public Optional<Schema> schema() {
    return facet(FacetName.SCHEMA, Schema.class);
  }

  public Optional<Report> report() {
    return facet(FacetName.REPORT, Report.class);
  }

  /** The newest incarnation that presence speaks of. */
  public Optional<Incarnation> incarnation() {
    return presence().map(p -> p.intent().incarnation());
  }

  /** The stores of an incarnation that presence speaks of: the one that serves, or the one that is to serve next. */
  public Optional<Stores> storesOf(Incarnation incarnation) {
    return stores().filter(_ -> isSpokenOf(incarnation)).flatMap(s -> s.of(incarnation));
  }

  /** The stores that people use, once made. */
  public Optional<Stores> currentStores() {
    return presence().flatMap(p -> storesOf(p.intent().serving()));
  }

  /** What the migrator did to an incarnation that presence speaks of, if it did nothing to another since. */
  public Optional<Schema> schemaOf(Incarnation incarnation) {
    return schema().filter(s -> s.incarnation().equals(incarnation) && isSpokenOf(incarnation));
  }

  /** What the migrator did last to the incarnation that serves, or to the one that is to serve next. */
  public Optional<Schema> currentSchema() {
    return schema().filter(s -> isSpokenOf(s.incarnation()));
  }

  private boolean isSpokenOf(Incarnation incarnation) {
    return presence().map(Presence::intent)
        .filter(intent -> intent.incarnation().equals(incarnation) || intent.serving().equals(incarnation)).isPresent();
  }

  public Phase phase() {
    return presence().map(this::phaseOf).orElse(Phase.REQUESTED);
  }

  private Phase phaseOf(Presence present) {
    return switch (present.intent()) {
      case Intent.Creating _ -> present.failure().isPresent() ? Phase.FAILED : Phase.PROVISIONING;
      case Intent.Standing _ -> migrationPhase(present);
      case Intent.Resetting resetting -> rebuildPhase(present, resetting);
      case Intent.Destroying _ -> present.failure().isPresent() ? Phase.FAILED : Phase.EXPIRING;
      case Intent.Destroyed _ -> Phase.DESTROYED;
      case Intent.Declared _ -> declaredPhase(present);
    };
  }

  /** Whoever has an epoch can be cloned, even if taking the next one failed. */
  private Phase declaredPhase(Presence present) {
    if (epochs().flatMap(Epochs::newest).isPresent()) {
      return Phase.READY;
    }
    return present.failure().isPresent() ? Phase.FAILED : Phase.PROVISIONING;
  }

  private Phase migrationPhase(Presence present) {
    Optional<Schema> done = currentSchema().filter(s -> present.tip().filter(s.commit()::equals).isPresent());
    if (done.isEmpty()) {
      return present.failure().isPresent() ? Phase.FAILED : Phase.MIGRATING;
    }
    return done.get().failure().isPresent() && !isResult(present) ? Phase.FAILED : Phase.READY;
  }

  /** That migrations fail is what a rehearsal is there to show. */
  private static boolean isResult(Presence present) {
    return switch (present.origin().kind()) {
      case REHEARSAL -> true;
      case FULL, STATIC, PRODUCTION, REPOSITORY -> false;
    };
  }

  /**
   * What people use stays as ready as it is while the next one is made; whether that is under way is not a phase. It has failed once the
   * next one has.
   */
  private Phase rebuildPhase(Presence present, Intent.Resetting resetting) {
    Optional<Schema> done = currentSchema().filter(s -> present.tip().filter(s.commit()::equals).isPresent());
    boolean lost = done.filter(s -> s.incarnation().equals(resetting.incarnation()) && s.failure().isPresent()).isPresent();
    if (lost || present.failure().isPresent()) {
      return Phase.FAILED;
    }
    if (done.filter(s -> s.failure().isEmpty()).isPresent() && currentStores().isPresent()) {
      return Phase.READY;
    }
    return storesOf(resetting.incarnation()).isPresent() ? Phase.MIGRATING : Phase.PROVISIONING;
  }

  /**
   * Since when the phase is what it is, as far as the facets tell. They do not tell when stores failed, nor when a further commit was taken
   * in: only that presence has it.
   */
  public Optional<Instant> since() {
    return switch (phase()) {
      case REQUESTED -> Optional.empty();
      case PROVISIONING, EXPIRING, DESTROYED -> presence().map(Presence::since);
      case MIGRATING -> presence().filter(_ -> currentSchema().isEmpty()).map(Presence::since);
      case READY, FAILED -> presence().flatMap(this::settledSince);
    };
  }

  private Optional<Instant> settledSince(Presence present) {
    return switch (present.intent()) {
      case Intent.Creating _, Intent.Destroying _, Intent.Destroyed _ -> Optional.empty();
      case Intent.Declared _ -> Optional.of(present.since()).filter(_ -> present.failure().isEmpty());
      case Intent.Standing _, Intent.Resetting _ ->
        currentSchema().filter(_ -> phase() == Phase.READY || present.failure().isEmpty()).map(Schema::at);
    };
  }

  /** Why the phase is {@link Phase#FAILED}. */
  public Optional<String> failure() {
    Optional<String> ours = presence().flatMap(Presence::failure);
    return ours.isPresent() || phase() != Phase.FAILED
        ? ours
        : currentSchema().flatMap(Schema::failure).map(MigrationFailure::summary);
  }
}
