package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.KafkaConfig;

/** Every event is also a valid document of CDEvents 0.5.1, where its official schemas lie beside the checkout. */
class OfficialSchemasTest {
  private static final Path FOLDER = Path.of("../../shared/data/cdevents-0.5.1/schemas");
  private static final String PREFIX = "https://cdevents.dev/0.5.1/schema/";

  private final EventCodec codec = new EventCodec(KafkaConfig.at("localhost:9092"));

  @BeforeAll
  static void theSchemasAreThere() {
    assumeTrue(Files.isDirectory(FOLDER), "The CDEvents schemas are not beside this checkout");
  }

  /** We write no links; the schema of links is a list of anything here. */
  private static PublishedSchemas schemas() {
    return new PublishedSchemas(FOLDER)
        .with(PREFIX + "links/embeddedlinksarray",
            "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"array\"}");
  }

  private static String official(EventType type) {
    return PREFIX + switch (type) {
      case ENVIRONMENT_CREATED -> "environment-created-event";
      case ENVIRONMENT_MODIFIED -> "environment-modified-event";
      case ENVIRONMENT_DELETED -> "environment-deleted-event";
      case BRANCH_PUSHED, BRANCH_DELETED, CHANGE_MERGED, CHANGE_CLOSED, CREATE_REQUESTED, DESTROY_REQUESTED,
          SNAPSHOT_REQUESTED,
          DECLARED, EXPIRED, REBUILD_REQUESTED, RUN_FINISHED, ADOPT_REQUESTED, RESTORE_REQUESTED, BACKUPS_EXPIRED,
          ENVIRONMENT_ACCEPTED, REBUILD_ACCEPTED, STORES_READY,
          COMMIT_ACCEPTED, MIGRATION_FAILED, ENVIRONMENT_FAILED,
          REPORT_PUBLISHED, SNAPSHOT_PUBLISHED, CHANGE_UPDATED, RECONCILE_REQUESTED, REF_DIFFERS, CHANGE_LINKED, REF_RECONCILED,
          RECONCILE_HELD, REHEARSE_REQUESTED, REHEARSAL_FINISHED, ENVIRONMENT_REHEARSED, HISTORY_REPLAYED, REHEARSAL_REFUSED,
          ENVIRONMENT_NOT_REHEARSED, REPORT_REWRITTEN, REPORT_CHANGED -> "custom";
    };
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void everyEventIsACdevent(EventType type) throws IOException {
    JsonNode document = Json.mapper().readTree(codec.encode(ContractValues.sample(type)).value());

    assertThat(schemas().problems(official(type), document)).isEmpty();
    assertThat(schemas().problems(official(type), new JsonHoles.Hole("/context", "id").madeIn(document))).isNotEmpty();
  }
}
