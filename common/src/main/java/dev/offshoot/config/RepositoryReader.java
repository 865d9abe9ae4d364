package dev.offshoot.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.environment.RepositoryKey;

/** Reads one entry of {@code repositories:}. */
final class RepositoryReader {
  private static final int WEBHOOK_SECRET_LENGTH = 16;
  private static final int POSTGRES_NAME_BYTES = 63;
  private static final int MOST_PATTERNS = 100;
  private static final int PORTS = 65_535;
  private static final String STAND_IN = "-";
  /** Names of Azure DevOps have blanks within. */
  private static final String NAME = "[^\\s/](?:[^/\\p{Cntrl}]{0,98}[^\\s/])?";
  private static final Pattern FULL_NAME = Pattern.compile(NAME + "(?:/" + NAME + "){1,5}");
  private static final Pattern RELATIVE = Pattern.compile("\\.{1,2}/.*");
  private static final Pattern CORE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
  private static final Pattern FOLDER =
      Pattern.compile("(?!.*(?:^|/)\\.{1,2}(?:/|$))[^/\\\\\\p{Cntrl}]+(?:/[^/\\\\\\p{Cntrl}]+)*");
  private static final Set<String> SYSTEM_DATABASES = Set.of("postgres", "template0", "template1");

  private final Reading reading;

  RepositoryReader(Reading reading) {
    this.reading = reading;
  }

  RepositoryConfig read(RepositoryKey key, Section section) {
    Creation create = section.choice("create", Creation.class, Optional.of(Creation.ON_PUSH));
    RepositoryConfig repository = new RepositoryConfig(
        key,
        section.choice("host", GitHostName.class, Optional.empty()),
        matching(section, "fullName", FULL_NAME, section.text("fullName", "acme/shop")),
        url(section),
        section.textOr("defaultBranch", "main"),
        section.secrets("secrets", WEBHOOK_SECRET_LENGTH),
        create,
        branches(section, create),
        matching(section, "migrations", FOLDER, section.textOr("migrations", RepositoryConfig.DEFAULT_MIGRATIONS)),
        staging(section.section("staging")),
        feedback(section),
        PolicyReader.read(section.section("report")),
        FlywayReader.read(section.section("flyway")));
    if (repository.host() == GitHostName.GENERIC && repository.feedback().isPresent()) {
      section.problem("feedback", "cannot be given to a generic host, which has no API; leave it out");
    }
    if (create == Creation.ON_LABEL && !repository.host().tellsLabels()) {
      section.problem("create", "cannot be on-label with host: " + repository.host().key()
          + ", whose pull requests have no labels; write on-push or on-command");
    }
    section.end();
    return repository;
  }

  private static Optional<FeedbackConfig> feedback(Section section) {
    Section feedback = section.section("feedback");
    return section.isWritten("feedback") ? Optional.of(FeedbackReader.read(feedback)) : Optional.empty();
  }

  private static BranchRules branches(Section section, Creation create) {
    Section branches = section.section("branches");
    BranchRules rules = new BranchRules(label(section, create), patterns(branches, "include", BranchRules.ALL.include()),
        patterns(branches, "exclude", List.of()));
    branches.end();
    return rules;
  }

  private static Optional<String> label(Section section, Creation create) {
    Optional<String> label = section.optional("label");
    if (create == Creation.ON_LABEL && label.isEmpty()) {
      section.problem("label", "is missing; with create: on-label write the label that makes an environment, for example preview");
    }
    if (create != Creation.ON_LABEL && label.isPresent()) {
      section.problem("label", "means something with create: on-label only; write that, or leave the label out");
    }
    return label;
  }

  private static List<BranchPattern> patterns(Section branches, String name, List<BranchPattern> otherwise) {
    if (!branches.isAsked(name)) {
      return otherwise;
    }
    List<String> texts = branches.texts(name, MOST_PATTERNS, "[\"feature/**\"]");
    texts.stream().filter(text -> !BranchPattern.accepts(text)).findFirst()
        .ifPresent(_ -> branches.problem(name, "holds what " + BranchPattern.GRAMMAR));
    return texts.stream().filter(BranchPattern::accepts).map(BranchPattern::new).toList();
  }

  private static String matching(Section section, String name, Pattern grammar, String text) {
    if (!text.equals(STAND_IN) && !grammar.matcher(text).matches()) {
      section.problem(name, switch (name) {
        case "fullName" -> "is not a full name; write owner/name as the git host does";
        case "migrations" -> "is not a folder of the repository; write for example "
            + RepositoryConfig.DEFAULT_MIGRATIONS;
        default -> throw new IllegalArgumentException(name);
      });
    }
    return text;
  }

  /** A path that starts with a dot is relative to the file, as every path is. */
  private String url(Section section) {
    String url = section.text("url", "https://git.example.com/acme/shop.git");
    if (RELATIVE.matcher(url).matches()) {
      return reading.path(section.key("url"), url).toString();
    }
    if (!url.equals(STAND_IN) && !RepositoryUrl.accepts(url)) {
      section.problem("url", RepositoryUrl.GRAMMAR);
    }
    return url;
  }

  private static StagingConfig staging(Section staging) {
    String database = staging.text("database", "shop_staging");
    if (database.getBytes(StandardCharsets.UTF_8).length > POSTGRES_NAME_BYTES || SYSTEM_DATABASES.contains(database)) {
      staging.problem("database", "cannot be a Staging database; name one of your own with at most 63 bytes");
    }
    Optional<String> core = staging.optional("core");
    if (core.filter(c -> !CORE.matcher(c).matches()).isPresent()) {
      staging.problem("core", "is not the name of a Solr core; write letters, digits, '_', '.' and '-'");
    }
    Optional<String> configSet = staging.optional("configSet");
    if (configSet.filter(folder -> !FOLDER.matcher(folder).matches()).isPresent()) {
      staging.problem("configSet", "is not a folder of the repository; write for example solr/conf");
    }
    if (configSet.isPresent() && core.isEmpty()) {
      staging.problem("configSet", "means something with a core only; name Staging's, or leave it out");
    }
    Section server = staging.section("server");
    boolean elsewhere = staging.isWritten("server");
    StagingConfig.Snapshots snapshots = new StagingConfig.Snapshots(
        elsewhere ? Optional.of(server(server)) : Optional.empty(),
        staging.choice("snapshot", StagingConfig.Way.class, Optional.of(StagingConfig.Way.AUTO)),
        staging.optionalPath("seed"),
        staging.optionalPath("masking"));
    if (elsewhere && snapshots.way() == StagingConfig.Way.COPY) {
      staging.problem("snapshot", "cannot be copy: only a database on stores.postgres is copied; write dump, or leave it out");
    }
    staging.end();
    return new StagingConfig(database, core, snapshots, configSet);
  }

  private static StagingServer server(Section server) {
    StagingServer config = new StagingServer(
        server.text("host", "staging-db"), server.number("port", Section.Range.of(1, PORTS, 5432)),
        server.text("user", "offshoot"), server.secret("password", 1));
    server.end();
    return config;
  }
}
