package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Outcome;

/** A provisioner around a repository in memory and the shared server. Its Staging is a database that {@link #stagingStands} makes. */
final class PostgresShop {
  static final Commit ONE = MemoryShop.ONE;
  static final Commit TWO = MemoryShop.TWO;
  static final Duration IDLE_AFTER = Duration.ofDays(3);
  private static final PostgresConfig SERVER = PostgresFixture.config();

  final MemoryState state = new MemoryState();
  final MemoryRepository git = new MemoryRepository();
  final PostgresStore postgres = new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  final RepositoryConfig repository;
  final Origin staging;
  final ProvisionerWorker worker;
  private final ProvisionerWorker.Retention retention;

  /** @param name of the repository; no two test classes have the same */
  PostgresShop(String name) {
    this(name, ProvisionerWorker.Retention.USUAL);
  }

  PostgresShop(String name, ProvisionerWorker.Retention retention) {
    this.repository = PostgresFixture.repository(name, name + "_staging", Optional.empty());
    this.staging = Origin.staging(repository.key(), "main");
    this.retention = retention;
    this.worker = workerWith(postgres);
  }

  /** Once for all tests of a class. */
  static void stagingStands(String name) throws SQLException {
    PostgresFixture.staging(name + "_staging");
  }

  ProvisionerWorker workerWith(Store store) {
    return worker(store, Clock.systemUTC());
  }

  /** One that lives so much later. */
  ProvisionerWorker workerAfter(Duration later) {
    return worker(postgres, Clock.offset(Clock.systemUTC(), later));
  }

  private ProvisionerWorker worker(Store store, Clock clock) {
    return new ProvisionerWorker(
        new ProvisionerWorker.Rules(Map.of(repository.key(), repository), IDLE_AFTER, retention), new Tips(_ -> git),
        new EnvironmentStores(List.of(store), List.of(new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC()))),
        CREDENTIALS.keyId(), clock);
  }

  void aSnapshotStands() throws Exception {
    assertThat(say(new Request.Declared(staging))).isInstanceOf(Outcome.Done.class);
  }

  Outcome say(Request request) throws Exception {
    return state.handle(worker, message(request));
  }

  /** To a worker that hears it so much later. */
  Outcome sayAfter(Duration later, Request request) throws Exception {
    return state.handle(workerAfter(later), message(request));
  }

  static Message message(Request request) {
    return Message.first(EventId.random(), EventSource.worker("test"), Instant.now(Clock.systemUTC()), request);
  }

  Origin branch(String name) {
    return Origin.ofBranch(repository.key(), GitRef.ofBranch(name));
  }

  /** The ref is moved; the delivery is still to be said. */
  Request.BranchPushed push(Origin origin, Commit commit) {
    git.push(origin.ref(), commit);
    return new Request.BranchPushed(origin, commit, false, false, "ann");
  }

  /** An environment that is usable at the first commit. */
  Origin standing(String name) throws Exception {
    Origin origin = branch(name);
    assertThat(say(push(origin, ONE))).isInstanceOf(Outcome.Done.class);
    usable(origin);
    return origin;
  }

  static Request.RebuildRequested rebuild(Origin origin, Incarnation incarnation) {
    return rebuild(origin, incarnation, EpochChoice.SAME);
  }

  static Request.RebuildRequested rebuild(Origin origin, Incarnation incarnation, EpochChoice epoch) {
    return new Request.RebuildRequested(origin, incarnation, Optional.empty(), epoch, "edited", "ann");
  }

  /** The first incarnation serves, the second is made. */
  Origin beingRebuilt(String name) throws Exception {
    Origin origin = standing(name);
    assertThat(say(rebuild(origin, Incarnation.FIRST))).isInstanceOf(Outcome.Done.class);
    return origin;
  }

  /** As the migrator would say it of the newest incarnation. */
  void usable(Origin origin) {
    migrated(origin, Optional.empty());
  }

  /** As the migrator would say it of the newest incarnation. */
  void notMigrated(Origin origin, String reason) {
    migrated(origin, Optional.of(MigrationFailure.of(reason)));
  }

  private void migrated(Origin origin, Optional<MigrationFailure> failure) {
    state.set(origin.environment(), new Schema(stateOf(origin).incarnation().orElseThrow(),
        presence(origin).tip().orElseThrow(), "1", List.of(), failure.isEmpty(), failure, Instant.now(Clock.systemUTC())));
  }

  EnvironmentState stateOf(Origin origin) {
    return state.of(origin.environment());
  }

  Presence presence(Origin origin) {
    return stateOf(origin).presence().orElseThrow();
  }

  Intent intent(Origin origin) {
    return presence(origin).intent();
  }

  List<Epoch> epochs() {
    return stateOf(staging).epochs().orElseThrow().epochs();
  }

  Owner owner(Origin origin, Incarnation incarnation) {
    return new Owner(repository.key(), origin.environment(), incarnation);
  }

  /** What the server holds of an environment, by incarnation. */
  Map<Integer, Found.Condition> found(Origin origin) {
    return postgres.list(repository.key(), origin.environment()).stream()
        .collect(Collectors.toMap(one -> one.owner().incarnation().number(), Found::condition));
  }

  List<Found.Condition> conditions(Origin origin) {
    return List.copyOf(found(origin).values());
  }

  /** Of what serves. */
  StoreCoordinates database(Origin origin) {
    return stateOf(origin).currentStores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
  }

  static void addProduct(StoreCoordinates database) throws SQLException {
    try (Connection connection = PostgresFixture.login(database)) {
      PostgresFixture.run(connection, "INSERT INTO product (name) VALUES ('by hand')");
    }
  }

  static String products(StoreCoordinates database) throws SQLException {
    try (Connection connection = PostgresFixture.login(database)) {
      return PostgresFixture.value(connection, "SELECT count(*) FROM product");
    }
  }
}
