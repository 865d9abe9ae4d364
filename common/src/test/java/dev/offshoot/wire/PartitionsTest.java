package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;

class PartitionsTest {
  private static EnvironmentId environment(String branch) {
    return EnvironmentId.of(new RepositoryKey("shop"), GitRef.ofBranch(branch));
  }

  @Property
  void aRecordIsWhereKafkasOwnPartitionerWouldPutItsKey(
      @ForAll @AlphaChars @StringLength(min = 1, max = 30) String branch,
      @ForAll @IntRange(min = 1, max = 200) int partitions) {
    EnvironmentId id = environment(branch);

    assertThat(Partitions.of(id, partitions))
        .isEqualTo(BuiltInPartitioner.partitionForKey(id.value().getBytes(StandardCharsets.UTF_8), partitions))
        .isEqualTo(Partitions.of(new EnvironmentId(id.value()), partitions))
        .isBetween(0, partitions - 1);
  }

  @Test
  void environmentsAreSpreadOverAllPartitions() {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      used.add(Partitions.of(environment("feature/" + i), 24));
    }

    assertThat(used).hasSize(24);
  }
}
