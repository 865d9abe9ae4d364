package dev.offshoot.reporter.collision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Touches;
import dev.offshoot.reporter.collision.CollisionRadar.Branch;
import dev.offshoot.reporter.model.Collision;

class CollisionRadarTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:31:00Z");
  private static final EpochId EPOCH = new EpochId("e261121093000000");

  private static Branch branch(String name, String version, String table) {
    return new Branch(Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch(name)),
        Touches.of(List.of(version), List.of(table)));
  }

  private static EnvironmentState state(Branch branch, Intent intent) {
    return EnvironmentState.unknown(branch.origin().environment())
        .with(new Presence(branch.origin(), intent, Optional.empty(), Optional.empty(), NOW))
        .with(new Report(Incarnation.FIRST, new Commit("a".repeat(40)), "reports/x", NOW, Optional.empty(),
            Optional.of(Judgement.PASS), Optional.of(branch.touches())));
  }

  private static EnvironmentState open(Branch branch) {
    return state(branch, new Intent.Standing(Incarnation.FIRST, EPOCH));
  }

  private static EnvironmentState destroyed(Branch branch) {
    return state(branch, new Intent.Destroyed(Incarnation.FIRST, "merged"));
  }

  private static Collision same(Collision.Kind kind, String what, Branch other) {
    return new Collision(kind, what, Optional.of(new Collision.Other(
        other.origin().environment().value(), other.origin().ref().branch())));
  }

  @Test
  void eachOfTwoBranchesIsWarnedOfTheOther() {
    Branch orders = branch("feature/orders", "7", "public.orders");
    Branch refunds = branch("feature/refunds", "7.0", "public.orders");
    List<EnvironmentState> all = List.of(open(orders), open(refunds));

    assertThat(CollisionRadar.around(orders, all)).containsExactly(
        same(Collision.Kind.SAME_VERSION, "7", refunds), same(Collision.Kind.SAME_TABLE, "public.orders", refunds));
    assertThat(CollisionRadar.around(refunds, all)).containsExactly(
        same(Collision.Kind.SAME_VERSION, "7.0", orders), same(Collision.Kind.SAME_TABLE, "public.orders", orders));
    assertThat(CollisionRadar.concerned(orders, all)).containsExactly(refunds.origin());
  }

  @Test
  void aBranchDoesNotCollideWithItselfOrWithOneThatIsGoneOrOfAnotherRepository() {
    Branch orders = branch("feature/orders", "7", "public.orders");
    Branch going = branch("feature/going", "7", "public.orders");
    Branch elsewhere = new Branch(
        Origin.ofBranch(new RepositoryKey("blog"), GitRef.ofBranch("feature/x")), orders.touches());

    assertThat(CollisionRadar.around(orders, List.of(open(orders), open(elsewhere),
        destroyed(branch("feature/gone", "7", "public.orders")),
        state(going, new Intent.Destroying(Incarnation.FIRST, "merged"))))).isEmpty();
  }

  @Test
  void whoIsGoneStillHasThoseToTell() {
    Branch gone = branch("feature/gone", "7", "public.orders");
    Branch orders = branch("feature/orders", "8", "public.orders");

    assertThat(CollisionRadar.concerned(gone, List.of(open(orders), destroyed(gone))))
        .containsExactly(orders.origin());
  }

  @Test
  void aReportOfAnIncarnationThatIsNoMoreCountsForNothing() {
    Branch orders = branch("feature/orders", "7", "public.orders");
    Branch other = branch("feature/other", "7", "public.orders");

    assertThat(CollisionRadar.around(orders,
        List.of(state(other, new Intent.Standing(Incarnation.FIRST.next(), EPOCH))))).isEmpty();
  }

  @Test
  void versionsThatStagingsBranchHasGonePastAreOvertakenUnlessTheyAreThere() {
    List<String> own = List.of("V7__mine.sql", "V8__both.sql", "V9__mine.sql", "V10__mine.sql", "R__views.sql");

    assertThat(Overtaken.of(own, List.of("V1__init.sql", "V8__both.sql", "V9.0__theirs.sql", "R__other.sql")))
        .extracting(Collision::what).containsExactly("7", "9");
    assertThat(Overtaken.of(own, List.of())).isEmpty();
    assertThat(Overtaken.of(List.of("2025/V8__both.sql", "2026/V9__mine.sql"), List.of("old/V8__both.sql", "2026/q1/V9.1__theirs.sql")))
        .extracting(Collision::what).containsExactly("9");
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0.0, 0", "1.2, 1_2, 0", "1.9, 1.10, -1", "2, 10, -1", "007, 7, 0", "20261122071500, 9, 1"})
  void versionsAreComparedNumberByNumber(String one, String other, int order) {
    assertThat(Integer.signum(MigrationVersion.of(one).compareTo(MigrationVersion.of(other)))).isEqualTo(order);
    assertThat(MigrationVersion.of(one).equals(MigrationVersion.of(other))).isEqualTo(order == 0);
  }
}
