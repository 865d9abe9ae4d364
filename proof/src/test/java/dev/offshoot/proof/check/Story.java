package dev.offshoot.proof.check;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.proof.check.Evidence.Applied;
import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Evidence.Leak;
import dev.offshoot.proof.check.Evidence.Role;
import dev.offshoot.proof.check.Evidence.Tree;
import dev.offshoot.proof.check.Expectation.Branch;
import dev.offshoot.proof.check.Expectation.Delivery;
import dev.offshoot.proof.check.Expectation.Position;

/** Evidence written by hand: one branch from its push on, in which everything holds until a test spoils something. */
final class Story {
  static final String ENVIRONMENT = "cool-abcdefghij";
  static final String NAME = "shop_cool_abcdefghij_i1";
  static final String EPOCH = "e001700000000000";
  static final String COMMIT = "1".repeat(40);
  static final String SINCE = "2026-11-21T09:00:00.123Z";
  static final Branch BRANCH = new Branch("shop", "refs/heads/cool");
  static final Delivery DELIVERY = new Delivery("shop", "d-1");
  static final String PROVISIONER = "/offshoot/provisioner";
  static final String MIGRATOR = "/offshoot/migrator";
  private static final Map<String, Long> MIGRATIONS = Map.of("V1__a.sql", 11L, "V2__b.sql", -22L);

  final List<Line> lines = new ArrayList<>();
  final List<Database> databases = new ArrayList<>();
  final List<Role> roles = new ArrayList<>();
  final Map<String, List<Applied>> applied = new HashMap<>();
  boolean poolFilled;
  final Set<String> unmaskedDatabases = new TreeSet<>();
  final Map<String, String> cores = new HashMap<>();
  final Set<String> unmaskedCores = new TreeSet<>();
  final Set<String> solrBackups = new TreeSet<>();
  final Map<String, JsonNode> redisFolders = new HashMap<>();
  final Map<String, String> redisKept = new HashMap<>();
  final List<String> redisProcesses = new ArrayList<>();
  final Set<String> blobs = new TreeSet<>();
  final Map<Branch, String> tips = new HashMap<>();
  final List<Leak> leaks = new ArrayList<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  static final String EPOCH_NAME = "shop_staging_bbbbbbbbbb_" + EPOCH;
  static final String SLOT = "pool_" + EPOCH_NAME + "_1";

  /** With an epoch of Staging's, and a clone of it that stands ready. */
  Story withPool() {
    add(History.STATE, "staging-bbbbbbbbbb/presence", Map.of(), """
        {'version':1,'value':{'origin':{'kind':'STAGING','repository':'shop','ref':'refs/heads/main'},
         'intent':{'is':'Declared','incarnation':1}}}""");
    epochs(1, EPOCH);
    databases.add(new Database(EPOCH_NAME, json("{}")));
    databases.add(new Database(SLOT, json("{'offshootPool':'" + EPOCH_NAME + "'}")));
    roles.add(new Role(SLOT, false));
    return this;
  }

  void epochs(long version, String... ids) {
    String all = Arrays.stream(ids).map(id -> "{'id':'" + id + "'}").collect(Collectors.joining(","));
    add(History.STATE, "staging-bbbbbbbbbb/epochs", Map.of(), "{'version':" + version + ",'value':{'epochs':[" + all + "]}}");
  }

  /** A branch that was pushed and is ready. */
  static Story ready() {
    Story story = new Story();
    story.tips.put(BRANCH, COMMIT);
    story.request("branch.pushed", OutsideRule.id(DELIVERY), COMMIT);
    story.create();
    return story;
  }

  /** And whose branch was deleted. */
  static Story destroyed() {
    Story story = ready();
    story.tips.clear();
    story.request("branch.deleted", "r2", "");
    story.destroy();
    return story;
  }

  private void create() {
    presence("Creating", 1);
    cursor("provisioner", -1, 1);
    event(PROVISIONER, "dev.cdeventsx.offshoot-environment.accepted", 1, 1, "p1", OutsideRule.id(DELIVERY), "{}");
    resources();
    presence("Standing", 1);
    stores();
    cursor("provisioner", 0, 2);
    event(PROVISIONER, "dev.cdeventsx.offshoot-stores.ready", 2, 1, "p2", OutsideRule.id(DELIVERY), "{'stores':[" + coordinates() + "]}");
    state("schema", "{'incarnation':1,'commit':'" + COMMIT + "','version':'2','applied':[],'usable':true,'failure':null}");
    cursor("migrator", 5, 1);
    event(MIGRATOR, "dev.cdevents.environment.created", 1, 1, "m1", "p2", "{}");
    state("report", "{'incarnation':1,'commit':'" + COMMIT + "','blob':'reports/cool/1'}");
    blobs.add("reports/cool/1.html");
    cursor("reporter", 7, 1);
    event("/offshoot/reporter", "dev.cdeventsx.offshoot-report.published", 1, 1, "s1", "m1", "{}");
  }

  private void resources() {
    databases.add(new Database(NAME, tag(1)));
    roles.add(new Role(NAME, true));
    List<Applied> rows = new ArrayList<>();
    MIGRATIONS.forEach((script, checksum) -> rows.add(new Applied(script, true, checksum)));
    applied.put(NAME, rows);
    cores.put(NAME, NAME + "-" + EPOCH + "-" + Instant.parse(SINCE).toEpochMilli());
    redisFolders.put(NAME, tag(1));
    redisProcesses.add(NAME);
  }

  private static String coordinates() {
    return "{'kind':'POSTGRES','name':'%s','user':'%s'},{'kind':'SOLR','name':'%s'},{'kind':'REDIS','name':''}".formatted(NAME, NAME, NAME);
  }

  void stores() {
    state("stores", "{'incarnation':1,'epoch':'" + EPOCH + "','coordinates':[" + coordinates() + "]}");
  }

  private void destroy() {
    presence("Destroying", 1);
    cursor("provisioner", 0, 2);
    databases.removeIf(database -> database.name().equals(NAME));
    databases.add(new Database("retained_" + NAME, ((ObjectNode) tag(1)).put("fingerprint", "f").put("verified", SINCE)));
    roles.set(0, new Role(NAME, false));
    applied.clear();
    cores.clear();
    solrBackups.add("snapshot.retained_" + NAME);
    redisFolders.clear();
    redisProcesses.clear();
    redisKept.put(NAME, "abc");
    presence("Destroyed", 1);
    cursor("provisioner", 1, 3);
    event(PROVISIONER, "dev.cdevents.environment.deleted", 3, 1, "p3", "r2", """
        {'backups':[{'kind':'POSTGRES','incarnation':1,'kept':'retained_%1$s','fingerprint':'f'},
          {'kind':'SOLR','incarnation':1,'kept':'retained_%1$s','fingerprint':'documents=0'},
          {'kind':'REDIS','incarnation':1,'kept':'kept/%1$s','fingerprint':'abc'}]}""".formatted(NAME));
  }

  static JsonNode tag(long incarnation) {
    return json("{'offshoot':1,'repository':'shop','environment':'%s','incarnation':%d,'epoch':'%s','intent':'%s'}".formatted(
        ENVIRONMENT, incarnation, EPOCH, SINCE));
  }

  static JsonNode json(String text) {
    return TopicReader.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  void request(String type, String id, String commit) {
    add(History.REQUESTS, ENVIRONMENT, envelope("dev.cdeventsx.offshoot-" + type + ".0.1.0", "/offshoot/webhooks/shop", id),
        "{'customData':{'data':{'commit':'" + commit + "'}}}");
  }

  void event(String source, String type, long sequence, long incarnation, String id, String cause, String data) {
    add(History.ENVIRONMENTS, ENVIRONMENT, envelope(type + ".0.3.0", source, id),
        "{'customData':{'incarnation':%d,'sequence':%d,'cause':'%s','facets':{'presence':1},'data':%s}}".formatted(
            incarnation, sequence, cause, data));
  }

  private static Map<String, String> envelope(String type, String source, String id) {
    return Map.of("ce_type", type, "ce_source", source, "ce_id", id, "ce_subject", ENVIRONMENT, "ce_partitionkey", ENVIRONMENT);
  }

  void presence(String intent, long incarnation) {
    presence(intent, incarnation, COMMIT);
  }

  void presence(String intent, long incarnation, String tip) {
    state("presence", """
        {'origin':{'kind':'FULL','repository':'shop','ref':'refs/heads/cool'},'tip':'%s','since':'%s',
         'intent':{'is':'%s','incarnation':%d,'epoch':'%s'}}""".formatted(tip, SINCE, intent, incarnation, EPOCH));
  }

  void cursor(String worker, long offset, long sequence) {
    state("cursor." + worker, "{'topicId':'t','offset':" + offset + ",'sequence':" + sequence + "}");
  }

  void state(String facet, String value) {
    state(facet, versions.merge(facet, 1L, Long::sum), value);
  }

  void state(String facet, long version, String value) {
    add(History.STATE, ENVIRONMENT + "/" + facet, Map.of(), "{'version':" + version + ",'value':" + value + "}");
  }

  void letter(String topic, long offset) {
    add(History.DEAD_LETTERS, ENVIRONMENT, Map.of("offshoot_dead_letter_worker", "provisioner", "offshoot_dead_letter_topic", topic,
        "offshoot_dead_letter_partition", "3", "offshoot_dead_letter_offset", Long.toString(offset)), "{}");
  }

  private void add(String topic, String key, Map<String, String> headers, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    lines.add(new Line(new Position(topic, 3, offsets.merge(topic, 1L, Long::sum) - 1), key, all, json(value)));
  }

  /** Takes the last value of a facet away. */
  void withoutValue(String facet) {
    remove(line -> line.key().equals(ENVIRONMENT + "/" + facet));
  }

  /** Takes the last event of a type away. */
  void withoutEvent(String type) {
    remove(line -> line.header("ce_type").contains(type));
  }

  private void remove(Predicate<Line> which) {
    lines.remove(lines.reversed().stream().filter(which).findFirst().orElseThrow());
  }

  Evidence evidence() {
    return new Evidence(new History(lines), new Evidence.Postgres(databases, roles, applied, unmaskedDatabases, poolFilled),
        new Evidence.Files(cores, unmaskedCores, solrBackups, new Evidence.Redis(redisFolders, redisKept, redisProcesses), blobs),
        new Evidence.Git(tips, Map.of(new Tree("shop", COMMIT), MIGRATIONS)), leaks);
  }
}
