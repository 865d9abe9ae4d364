package dev.offshoot.reporter.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference.Kind;
import dev.offshoot.reporter.model.SearchDifference;
import dev.offshoot.reporter.model.SearchDifference.FileChange;
import dev.offshoot.reporter.model.SearchDifference.Need;
import dev.offshoot.reporter.model.SearchDifference.Reindex;
import dev.offshoot.search.ConfigSet;
import dev.offshoot.search.ConfigSet.ConfigFile;

/** Expectations from Solr's reference guide 9, "Reindexing" and "Field Type Definitions and Properties". */
class SearchComparisonTest {
  private static final String NONE = "";
  private static final String NEEDED = "NEEDED";
  private static final String ADVISED = "ADVISED";

  private static ConfigSet set(String... namesAndTexts) {
    List<ConfigFile> files = new ArrayList<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.add(new ConfigFile(namesAndTexts[i], namesAndTexts[i + 1]));
    }
    return new ConfigSet("solr/conf", files, List.of());
  }

  private static String schema(String inner) {
    return "<schema name=\"shop\" version=\"1.6\"><uniqueKey>id</uniqueKey><field name=\"id\" type=\"string\"/>"
        + "<fieldType name=\"string\" class=\"solr.StrField\"/><fieldType name=\"pint\" class=\"solr.IntPointField\"/>"
        + "<fieldType name=\"text\" class=\"solr.TextField\"><analyzer type=\"index\"><tokenizer name=\"standard\"/></analyzer>"
        + "<analyzer type=\"query\"><tokenizer name=\"standard\"/></analyzer></fieldType>" + inner + "</schema>";
  }

  private static SearchDifference difference(ConfigSet before, ConfigSet after) {
    Part<SearchDifference> part = SearchComparison.of(before, after);
    assertThat(part.found()).as(part.toString()).isPresent();
    return part.found().orElseThrow();
  }

  private static String need(SearchDifference difference) {
    return difference.reindex().items().stream().findFirst().map(Reindex::need).map(Need::name).orElse(NONE);
  }

  private static Arguments of(String what, String before, String after, String need) {
    return Arguments.of(what, schema(before), schema(after), need);
  }

  private static String text(String index, String query) {
    return "<fieldType name=\"t\" class=\"solr.TextField\"><analyzer type=\"index\"><tokenizer name=\"standard\"/>" + index
        + "</analyzer><analyzer type=\"query\"><tokenizer name=\"standard\"/>" + query + "</analyzer></fieldType><field name=\"f\" type=\"t\"/>";
  }

  static Stream<Arguments> changes() {
    String field = "<field name=\"f\" type=\"string\"/>";
    String lower = "<filter name=\"lowercase\"/>";
    return Stream.of(
        of("nothing", field, field, NONE),
        of("a comment", field, "<!-- new -->" + field, NONE),
        of("another order", field + "<field name=\"g\" type=\"pint\"/>", "<field name=\"g\" type=\"pint\"/>" + field, NONE),
        of("a new field: what is there has no value in it", "", field, ADVISED),
        of("a new dynamic field", "", "<dynamicField name=\"*_x\" type=\"string\"/>", ADVISED),
        of("a field of its own in place of a dynamic one", "<dynamicField name=\"f*\" type=\"string\"/>",
            "<dynamicField name=\"f*\" type=\"string\"/><field name=\"fun\" type=\"pint\"/>", NEEDED),
        of("a removed field", field, "", NEEDED),
        of("a removed dynamic field", "<dynamicField name=\"*_x\" type=\"string\"/>", "", NEEDED),
        of("another type", field, "<field name=\"f\" type=\"pint\"/>", NEEDED),
        of("stored", field, "<field name=\"f\" type=\"string\" stored=\"false\"/>", NEEDED),
        of("indexed", field, "<field name=\"f\" type=\"string\" indexed=\"false\"/>", NEEDED),
        of("docValues", field, "<field name=\"f\" type=\"string\" docValues=\"true\"/>", NEEDED),
        of("multiValued", field, "<field name=\"f\" type=\"string\" multiValued=\"true\"/>", NEEDED),
        of("termVectors", field, "<field name=\"f\" type=\"string\" termVectors=\"true\"/>", NEEDED),
        of("omitNorms", field, "<field name=\"f\" type=\"string\" omitNorms=\"false\"/>", NEEDED),
        of("what is the default anyhow", field,
            "<field name=\"f\" type=\"string\" indexed=\"true\" stored=\"true\" docValues=\"false\" multiValued=\"false\" omitNorms=\"true\"/>",
            NONE),
        of("sorting of what is missing", field, "<field name=\"f\" type=\"string\" sortMissingLast=\"true\"/>", ADVISED),
        of("required", field, "<field name=\"f\" type=\"string\" required=\"true\"/>", ADVISED),
        of("a property that the type has already", "<fieldType name=\"t\" class=\"solr.StrField\" docValues=\"true\"/><field name=\"f\" type=\"t\"/>",
            "<fieldType name=\"t\" class=\"solr.StrField\" docValues=\"true\"/><field name=\"f\" type=\"t\" docValues=\"true\"/>", NONE),
        of("a property of the type", "<fieldType name=\"t\" class=\"solr.StrField\"/><field name=\"f\" type=\"t\"/>",
            "<fieldType name=\"t\" class=\"solr.StrField\" docValues=\"true\"/><field name=\"f\" type=\"t\"/>", NEEDED),
        of("a property of the type that the field has otherwise",
            "<fieldType name=\"t\" class=\"solr.StrField\"/><field name=\"f\" type=\"t\" docValues=\"false\"/>",
            "<fieldType name=\"t\" class=\"solr.StrField\" docValues=\"true\"/><field name=\"f\" type=\"t\" docValues=\"false\"/>", NONE),
        of("a type's class", "<fieldType name=\"t\" class=\"solr.StrField\"/><field name=\"f\" type=\"t\"/>",
            "<fieldType name=\"t\" class=\"solr.TextField\"/><field name=\"f\" type=\"t\"/>", NEEDED),
        of("the same class by its full name", "<fieldType name=\"t\" class=\"solr.StrField\"/><field name=\"f\" type=\"t\"/>",
            "<fieldType name=\"t\" class=\"org.apache.solr.schema.StrField\"/><field name=\"f\" type=\"t\"/>", NONE),
        of("a type of another name and the same meaning", "<fieldType name=\"t\" class=\"solr.StrField\"/><field name=\"f\" type=\"t\"/>",
            "<fieldType name=\"u\" class=\"solr.StrField\"/><field name=\"f\" type=\"u\"/>", NONE),
        of("a type that no field has", "<fieldType name=\"t\" class=\"solr.StrField\"/>", "<fieldType name=\"t\" class=\"solr.IntPointField\"/>",
            NONE),
        of("analysis when indexed", text("", ""), text(lower, ""), NEEDED),
        of("analysis when asked", text("", ""), text("", lower), NONE),
        of("analysis for both", "<fieldType name=\"t\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/></analyzer></fieldType>"
            + "<field name=\"f\" type=\"t\"/>", "<fieldType name=\"t\" class=\"solr.TextField\"><analyzer><tokenizer name=\"whitespace\"/></analyzer>"
            + "</fieldType><field name=\"f\" type=\"t\"/>", NEEDED),
        of("one analysis for both written as two", "<fieldType name=\"t\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/>"
            + "</analyzer></fieldType><field name=\"f\" type=\"t\"/>", text("", ""), NONE),
        of("a new copy", field, field + "<copyField source=\"id\" dest=\"f\"/>", NEEDED),
        of("a removed copy", field + "<copyField source=\"id\" dest=\"f\"/>", field, NEEDED),
        of("similarity of all", "", "<similarity class=\"solr.ClassicSimilarityFactory\"/>", NEEDED),
        Arguments.of("the schema's version", schema(""), schema("").replace("1.6", "1.7"), NEEDED),
        Arguments.of("the unique key", schema(field), schema(field).replace("<uniqueKey>id", "<uniqueKey>f"), NEEDED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aChangeOfTheSchemaNeedsAReindexOrNot(String what, String before, String after, String need) {
    assertThat(need(difference(set("schema.xml", before), set("schema.xml", after)))).as(what).isEqualTo(need);
  }

  private static String config(String inner) {
    return "<config><luceneMatchVersion>9.12</luceneMatchVersion>" + inner + "</config>";
  }

  static Stream<Arguments> settings() {
    String chain = "<updateRequestProcessorChain name=\"c\"><processor class=\"solr.RunUpdateProcessorFactory\"/></updateRequestProcessorChain>";
    return Stream.of(
        Arguments.of("a request handler", config(""), config("<requestHandler name=\"/x\" class=\"solr.SearchHandler\"/>"), NONE),
        Arguments.of("a search component", config(""), config("<searchComponent name=\"x\" class=\"solr.TermsComponent\"/>"), NONE),
        Arguments.of("an update processor", config(""), config(chain), ADVISED),
        Arguments.of("the codec", config(""), config("<codecFactory class=\"solr.SchemaCodecFactory\"/>"), ADVISED),
        Arguments.of("the version to be like", config(""), config("").replace("9.12", "9.11"), ADVISED),
        Arguments.of("the same further down", config(chain), config("\n\n" + chain), NONE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void aChangeOfSolrconfigIsHeldToTheGuide(String what, String before, String after, String need) {
    String schema = schema("");
    assertThat(need(difference(set("schema.xml", schema, "solrconfig.xml", before), set("schema.xml", schema, "solrconfig.xml", after))))
        .as(what).isEqualTo(need);
  }

  @Test
  void wordsCountWhereTextGoesThroughThemWhenItIsIndexed() {
    String stops = "<filter name=\"stop\" words=\"stop.txt\"/>";
    String indexed = schema(text(stops, ""));
    String asked = schema(text("", stops));
    assertThat(need(difference(set("schema.xml", indexed, "stop.txt", "a"), set("schema.xml", indexed, "stop.txt", "b")))).isEqualTo(NEEDED);
    assertThat(need(difference(set("schema.xml", asked, "stop.txt", "a"), set("schema.xml", asked, "stop.txt", "b")))).isEqualTo(NONE);
  }

  @Test
  void manyFieldsOfOneChangedTypeAreToldTogether() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      fields.append("<field name=\"f").append(10 + i).append("\" type=\"t\"/>");
    }
    SearchDifference difference = difference(set("schema.xml", schema(text("", "") + fields)),
        set("schema.xml", schema(text("<filter name=\"lowercase\"/>", "") + fields)));
    assertThat(difference.reindex().items()).singleElement().satisfies(one ->
        assertThat(one.subject()).contains("field f, field f10", "23 more"));
    assertThat(difference.schema().items()).singleElement().satisfies(change -> {
      assertThat(change.part()).isEqualTo("field type");
      assertThat(change.how()).isEqualTo("analysis when indexed");
    });
  }

  @Test
  void everythingThatDiffersIsNamed() {
    SearchDifference difference = difference(
        set("schema.xml", schema("<field name=\"gone\" type=\"string\"/><field name=\"other\" type=\"string\"/>"), "old.txt", "a\n"),
        set("schema.xml", schema("<field name=\"new\" type=\"string\"/><field name=\"other\" type=\"pint\" stored=\"false\"/>"), "new.txt", "b\n"));
    assertThat(difference.files().items()).containsExactly(new FileChange(Kind.ADDED, "new.txt"), new FileChange(Kind.REMOVED, "old.txt"),
        new FileChange(Kind.CHANGED, "schema.xml"));
    assertThat(difference.schema().items()).extracting(change -> change.kind() + " " + change.name() + " " + change.how()).containsExactly(
        "REMOVED gone ", "ADDED new ", "CHANGED other type string → pint, stored not written → false");
    assertThat(difference.diff()).contains("--- /dev/null\n+++ b/solr/conf/new.txt\n", "+b", "--- a/solr/conf/old.txt\n+++ /dev/null", "-a");
    assertThat(difference.needsReindex()).isTrue();
  }

  @Test
  void whatCannotBeComparedIsSaid() {
    ConfigSet none = ConfigSet.none("solr/conf");
    ConfigSet some = set("schema.xml", schema(""));
    assertThat(SearchComparison.of(none, some)).isInstanceOfSatisfying(Part.Missing.class,
        missing -> assertThat(missing.why()).contains("has no config set"));
    assertThat(SearchComparison.of(some, set("schema.xml", "<!DOCTYPE x><schema/>"))).isInstanceOf(Part.Missing.class);
    assertThat(SearchComparison.of(none, none).found().map(SearchDifference::files).map(files -> files.isEmpty())).isEqualTo(Optional.of(true));
    assertThat(difference(some, none).files().items()).containsExactly(new FileChange(Kind.REMOVED, "schema.xml"));
  }
}
