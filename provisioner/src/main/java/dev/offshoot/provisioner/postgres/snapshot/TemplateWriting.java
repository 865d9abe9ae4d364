package dev.offshoot.provisioner.postgres.snapshot;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.StoreSnapshot.Taking;
import dev.offshoot.environment.StoreSnapshot.Way;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.masking.MaskingPolicy;
import dev.offshoot.provisioner.masking.PolicyFile;
import dev.offshoot.provisioner.postgres.program.PostgresBinaries;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Fingerprint;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Ownership;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.snapshot.DumpRestore.Source;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.worker.Failure;

/**
 * Writes a template under its unfinished name: Staging's content, the operator's seeds, then the masks.
 *
 * <p>Law: until it is published nobody is let in but administrators and, while it is shaped, the role that owns it; no
 * environment's role ever is.
 */
final class TemplateWriting {
  private static final Logger LOG = LoggerFactory.getLogger(TemplateWriting.class);

  private final PostgresConfig server;
  private final Credentials credentials;
  private final Clock clock;
  private final Set<RepositoryKey> warned = ConcurrentHashMap.newKeySet();

  TemplateWriting(PostgresConfig server, Credentials credentials, Clock clock) {
    this.server = server;
    this.credentials = credentials;
    this.clock = clock;
  }

  private record Cut(Way way, Instant at) {}

  /** What an earlier attempt has left is thrown away. */
  StoreSnapshot write(AdminSession session, Original original, ResourceName name) {
    StagingConfig staging = original.stores();
    // what is wrong with these is told before Staging is read
    Optional<MaskingPolicy> policy = staging.snapshots().masking().map(PolicyFile::read);
    staging.snapshots().seed().ifPresent(Seeds::files);
    String unfinished = Names.unfinished(name);
    Databases.drop(session, unfinished);
    Cut cut = cut(session, original, name);
    Taking taking = shape(session, original, unfinished, cut.way(), policy);
    return new StoreSnapshot(StoreKind.POSTGRES, name.value(), cut.at(), Databases.bytes(session, unfinished)).taken(taking);
  }

  private Cut cut(AdminSession session, Original original, ResourceName name) {
    StagingConfig staging = original.stores();
    Source source = new Source(staging.snapshots().server().map(server::at).orElse(server), staging.database());
    boolean here = source.server().host().equals(server.host()) && source.server().port() == server.port();
    return switch (staging.snapshots().way()) {
      case COPY -> copy(session, original, name);
      case DUMP -> dump(session, source, name);
      case AUTO -> here ? copyOrDump(session, original, source, name) : dump(session, source, name);
    };
  }

  private Cut copyOrDump(AdminSession session, Original original, Source source, ResourceName name) {
    try {
      return copy(session, original, name);
    } catch (Failure inUse) {
      if (inUse.kind() != Failure.Kind.BUSY) {
        throw inUse;
      }
      LOG.info("{} is in use and cannot be copied: it is dumped", source.database());
      Databases.drop(session, Names.unfinished(name));
      return dumpInstead(session, source, name, inUse);
    }
  }

  /** Without programs it waits for Staging's sessions to end, and says what would help. */
  private Cut dumpInstead(AdminSession session, Source source, ResourceName name, Failure inUse) {
    try {
      new PostgresBinaries(server.programs()).forServer(DumpRestore.major(session));
    } catch (Failure noPrograms) {
      throw new Failure(Failure.Kind.BUSY, inUse.getMessage() + ". It could be dumped while it is in use, but "
          + noPrograms.getMessage(), inUse);
    }
    return dump(session, source, name);
  }

  private Cut copy(AdminSession session, Original original, ResourceName name) {
    String database = original.stores().database();
    if (!Databases.exists(session, database)) {
      throw new Failure(Failure.Kind.INVALID, "There is no database " + database + " to take a snapshot of; "
          + "create it, or correct " + original.key() + ".database");
    }
    FaultPoint.at("postgres.epoch.copy.before");
    Databases.copy(session, database, Names.unfinished(name));
    FaultPoint.at("postgres.epoch.copy.after");
    return new Cut(Way.TEMPLATE_COPY, clock.instant());
  }

  private Cut dump(AdminSession session, Source source, ResourceName name) {
    String unfinished = Names.unfinished(name);
    DumpRestore dumps = new DumpRestore(server);
    try (AdminSession atSource = AdminSession.open(source.server(), source.database(), name.value())) {
      PostgresBinaries.Pair programs = dumps.programs(atSource, session);
      FaultPoint.at("postgres.epoch.made.before");
      dumps.make(atSource, session, unfinished);
      FaultPoint.at("postgres.epoch.made.after");
      Instant at = clock.instant();
      try (SnapshotOwner owner = SnapshotOwner.letInto(session, server, unfinished)) {
        dumps.fill(programs, source, owner, name);
      }
      return new Cut(Way.DUMP, at);
    }
  }

  private Taking shape(AdminSession session, Original original, String database, Way way, Optional<MaskingPolicy> policy) {
    try (SnapshotOwner owner = SnapshotOwner.letInto(session, server, database)) {
      List<String> masked;
      try (AdminSession inside = AdminSession.open(server, database, database)) {
        Ownership.normalise(inside, Roles.SNAPSHOT);
        FaultPoint.at("postgres.epoch.owned");
        original.stores().snapshots().seed().ifPresent(folder -> seed(owner, folder));
        masked = policy.map(each -> new TemplateMasking(inside, owner, credentials.maskingKey(original.repository())).mask(each))
            .orElseGet(() -> unmasked(original.repository()));
        inside.run("VACUUM (FREEZE, ANALYZE)");
      }
      FaultPoint.at("postgres.epoch.fingerprint.before");
      String fingerprint = new Fingerprint(server).of(session, database, Roles.SNAPSHOT);
      FaultPoint.at("postgres.epoch.fingerprint.after");
      return new Taking(way, masked, Optional.of(fingerprint));
    }
  }

  private static void seed(SnapshotOwner owner, Path folder) {
    FaultPoint.at("postgres.seed.before");
    Seeds.run(owner, folder);
    FaultPoint.at("postgres.seed.after");
  }

  private List<String> unmasked(RepositoryKey repository) {
    if (warned.add(repository)) {
      LOG.warn("Snapshots of {} are not masked: environments see Staging's data as they are. "
          + "Name a policy in repositories.{}.staging.masking", repository, repository);
    }
    return List.of();
  }
}
