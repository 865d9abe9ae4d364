package dev.offshoot.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.search.ConfigSet.ConfigFile;

/** Every way in that is known of a Solr's configuration, from its security advisories and reference guide. */
class ContainedConfigTest {
  private static final String SCHEMA = """
      <schema name="shop" version="1.7">
        <uniqueKey>id</uniqueKey>
        <field name="id" type="string" required="true"/><field name="_version_" type="long"/>
        <fieldType name="string" class="solr.StrField"/><fieldType name="long" class="solr.LongPointField" docValues="true"/>
        %s
      </schema>
      """;
  private static final String CONFIG = """
      <config>
        <luceneMatchVersion>9.12</luceneMatchVersion>
        <requestHandler name="/select" class="solr.SearchHandler"/>
        %s
      </config>
      """;

  private static ConfigSet set(String... namesAndTexts) {
    List<ConfigFile> files = new ArrayList<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.add(new ConfigFile(namesAndTexts[i], namesAndTexts[i + 1]));
    }
    return new ConfigSet("solr/conf", files, List.of());
  }

  private static List<Refusal> refusals(ConfigSet set) {
    return switch (ContainedConfig.of(set)) {
      case ContainedConfig.Accepted _ -> List.of();
      case ContainedConfig.Refused(List<Refusal> refusals) -> refusals;
    };
  }

  private static ContainedConfig accepted(ConfigSet set) {
    assertThat(refusals(set)).isEmpty();
    return ((ContainedConfig.Accepted) ContainedConfig.of(set)).config();
  }

  private static List<Refusal> ofSchema(String line) {
    return refusals(set("schema.xml", SCHEMA.formatted(line)));
  }

  private static List<Refusal> ofConfig(String line) {
    return refusals(set("schema.xml", SCHEMA.formatted(""), "solrconfig.xml", CONFIG.formatted(line)));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "<lib dir=\"../../../contrib\" regex=\".*\\.jar\"/>",
      "<lib path=\"/tmp/evil.jar\"/>",
      "<dataDir>/etc</dataDir>",
      "<dataDir>../other</dataDir>",
      "<jmx serviceUrl=\"service:jmx:rmi:///jndi/rmi://evil/x\"/>",
      "<queryParser name=\"evil\" class=\"com.example.Evil\"/>",
      "<valueSourceParser name=\"evil\" class=\"com.example.Evil\"/>",
      "<transformer name=\"evil\" class=\"com.example.Evil\"/>",
      "<expressible name=\"evil\" class=\"com.example.Evil\"/>",
      "<requestHandler name=\"/x\" class=\"com.example.Evil\"/>",
      "<requestHandler name=\"/x\" class=\"com.example.SearchHandler\"/>",
      "<requestHandler name=\"/x\" class=\"solr.StreamHandler\"/>",
      "<requestHandler name=\"/x\" class=\"solr.SQLHandler\"/>",
      "<requestHandler name=\"/x\" class=\"solr.DumpRequestHandler\"/>",
      "<requestHandler name=\"/x\" class=\"org.apache.solr.handler.dataimport.DataImportHandler\"/>",
      "<requestHandler name=\"/x\" class=\"solr.extraction.ExtractingRequestHandler\"/>",
      "<requestHandler name=\"/stream\" class=\"solr.SearchHandler\"/>",
      "<requestHandler name=\"/admin/file\" class=\"solr.SearchHandler\"/>",
      "<requestHandler name=\"/replication\" class=\"solr.ReplicationHandler\"><lst name=\"follower\"><str name=\"leaderUrl\">http://evil"
          + "</str></lst></requestHandler>",
      "<requestHandler name=\"/y\" class=\"solr.SearchHandler\"><lst name=\"invariants\"><str name=\"shards\">evil:80/solr</str></lst>"
          + "</requestHandler>",
      "<requestHandler name=\"/y\" class=\"solr.SearchHandler\"><lst name=\"defaults\"><str name=\"stream.url\">http://evil</str></lst>"
          + "</requestHandler>",
      "<requestHandler name=\"/y\" class=\"solr.SearchHandler\"><shardHandlerFactory class=\"com.example.Evil\"/></requestHandler>",
      "<queryResponseWriter name=\"velocity\" class=\"solr.VelocityResponseWriter\"/>",
      "<queryResponseWriter name=\"xslt\" class=\"solr.XSLTResponseWriter\"/>",
      "<updateRequestProcessorChain name=\"s\"><processor class=\"solr.ScriptUpdateProcessorFactory\"><str name=\"script\">x.js</str>"
          + "</processor></updateRequestProcessorChain>",
      "<updateProcessor name=\"s\" class=\"solr.StatelessScriptUpdateProcessorFactory\"/>",
      "<updateHandler class=\"solr.DirectUpdateHandler2\"><listener event=\"postCommit\" class=\"solr.RunExecutableListener\">"
          + "<str name=\"exe\">sh</str></listener></updateHandler>",
      "<updateHandler class=\"solr.DirectUpdateHandler2\"><updateLog><str name=\"dir\">/tmp</str></updateLog></updateHandler>",
      "<updateHandler class=\"com.example.Evil\"/>",
      "<requestDispatcher><requestParsers enableRemoteStreaming=\"true\"/></requestDispatcher>",
      "<requestDispatcher><requestParsers enableStreamBody=\"true\"/></requestDispatcher>",
      "<searchComponent name=\"s\" class=\"solr.SpellCheckComponent\"><lst name=\"spellchecker\"><str name=\"classname\">com.example.Evil"
          + "</str></lst></searchComponent>",
      "<searchComponent name=\"s\" class=\"solr.SuggestComponent\"><lst name=\"suggester\"><str name=\"sourceLocation\">/etc/passwd</str>"
          + "</lst></searchComponent>",
      "<searchComponent name=\"e\" class=\"solr.QueryElevationComponent\"><str name=\"config-file\">../../x.xml</str></searchComponent>",
      "<query><cache name=\"c\" class=\"solr.CaffeineCache\" regenerator=\"com.example.Evil\"/></query>",
      "<query><filterCache class=\"com.example.Evil\"/></query>",
      "<directoryFactory class=\"solr.HdfsDirectoryFactory\"/>",
      "<directoryFactory class=\"com.example.Evil\"/>",
      "<indexConfig><mergePolicyFactory class=\"com.example.Evil\"/></indexConfig>",
      "<indexConfig><lockType>${user.home}</lockType></indexConfig>",
      "<initParams path=\"/**\"><lst name=\"defaults\"><str name=\"zkHost\">evil:2181</str></lst></initParams>",
      "<circuitBreaker class=\"com.example.Evil\"/>",
      "<schemaFactory class=\"com.example.Evil\"/>",
      "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>",
      "<include href=\"/etc/passwd\" xmlns=\"http://www.w3.org/2001/XInclude\"/>"
  })
  void anAttackInSolrconfigIsRefusedWithItsPlace(String line) {
    assertThat(ofConfig(line)).isNotEmpty().allSatisfy(refusal -> {
      assertThat(refusal.file()).isEqualTo("solr/conf/solrconfig.xml");
      assertThat(refusal.line()).isEqualTo(4);
      assertThat(refusal.what()).matches("(?s).*(remove|leave|write|use|include|close|needs).*");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "<fieldType name=\"x\" class=\"com.example.Evil\"/>",
      "<fieldType name=\"x\" class=\"solr.PreAnalyzedField\" parserImpl=\"com.example.Evil\"/>",
      "<fieldType name=\"x\" class=\"solr.ExternalFileField\"/>",
      "<fieldType name=\"x\" class=\"solr.CurrencyFieldType\" providerClass=\"solr.OpenExchangeRatesOrgProvider\""
          + " ratesFileLocation=\"http://evil\"/>",
      "<fieldType name=\"x\" class=\"solr.EnumFieldType\" enumsConfig=\"/etc/passwd\"/>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer class=\"com.example.Evil\"/></fieldType>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer><tokenizer class=\"com.example.EvilTokenizerFactory\"/></analyzer></fieldType>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/><filter class=\"com.example.Evil\"/>"
          + "</analyzer></fieldType>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/><filter name=\"stop\""
          + " words=\"../../../../etc/passwd\"/></analyzer></fieldType>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/><filter name=\"synonymGraph\""
          + " synonyms=\"good.txt,/etc/passwd\"/></analyzer></fieldType>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/><filter name=\"synonymGraph\""
          + " synonyms=\"s.txt\" analyzer=\"com.example.Evil\"/></analyzer></fieldType>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/><filter name=\"synonymGraph\""
          + " synonyms=\"s.txt\" tokenizerFactory=\"com.example.Evil\"/></analyzer></fieldType>",
      "<fieldType name=\"x\" class=\"solr.TextField\"><analyzer><tokenizer name=\"standard\"/><filter class=\"solr.ManagedStopFilterFactory\""
          + " managed=\"x\"/></analyzer></fieldType>",
      "<similarity class=\"com.example.Evil\"/>",
      "<script>alert(1)</script>",
      "<field name=\"leak\" type=\"string\" default=\"${user.home}\"/>",
      "<field name=\"leak\" type=\"string\" default=\"$${user.home}\"/>",
      "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>",
      "<?xml-stylesheet href=\"http://evil\"?>"
  })
  void anAttackInTheSchemaIsRefusedWithItsPlace(String line) {
    assertThat(ofSchema(line)).isNotEmpty().allSatisfy(refusal -> {
      assertThat(refusal.file()).isEqualTo("solr/conf/schema.xml");
      assertThat(refusal.line()).isBetween(5, 6);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "<!DOCTYPE schema [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><schema name=\"&x;\" version=\"1.7\"/>",
      "<!DOCTYPE schema SYSTEM \"http://evil/x.dtd\"><schema name=\"x\" version=\"1.7\"/>",
      "<!DOCTYPE schema [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><schema name=\"&b;\" version=\"1.7\"/>",
      "<schema name=\"&unknown;\" version=\"1.7\"/>", "<schema name=\"x\"><field></schema>", "", "no XML", "<config/>",
      "<schema name=\"x\" version=\"1.7\"/><schema name=\"y\" version=\"1.7\"/>"
  })
  void whatIsNoPlainXmlIsRefused(String schema) {
    assertThat(refusals(set("schema.xml", schema))).isNotEmpty();
  }

  @Test
  void manyElementsWithinEachOtherAreRefused() {
    assertThat(ofSchema("<fields>".repeat(5_000) + "</fields>".repeat(5_000))).hasSize(1);
  }

  @Test
  void attacksInOtherFilesAreRefusedToo() {
    String entity = "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    for (String name : List.of("currency.xml", "elevate.xml", "enumsConfig.xml")) {
      assertThat(refusals(set("schema.xml", SCHEMA.formatted(""), name, entity + "<elevate>&x;</elevate>"))).as(name).isNotEmpty();
      assertThat(refusals(set("schema.xml", SCHEMA.formatted(""), name, "<evil/>"))).as(name).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/replication", "/get", "/update", "/admin/luke", "/schema", "/config"})
  void whatBackupsNeedIsNotClosed(String handler) {
    assertThat(ofConfig("<requestHandler name=\"" + handler + "\" class=\"solr.NotFoundRequestHandler\"/>")).hasSize(1);
  }

  @Test
  void whatBackupsAreComparedByMustBeThere() {
    assertThat(refusals(set("schema.xml", SCHEMA.formatted("").replace("_version_", "version")))).singleElement()
        .satisfies(refusal -> assertThat(refusal.what()).contains("_version_", "add it"));
    assertThat(accepted(set("schema.xml", SCHEMA.formatted(""), "solrconfig.xml", CONFIG.formatted(""))).files().get("solrconfig.xml"))
        .contains("<updateLog></updateLog>");
    assertThat(accepted(set("schema.xml", SCHEMA.formatted(""), "solrconfig.xml",
        CONFIG.formatted("<updateHandler class=\"solr.DirectUpdateHandler2\"><autoCommit><maxTime>9000</maxTime></autoCommit></updateHandler>")))
            .files().get("solrconfig.xml")).contains("<updateLog></updateLog>", "<maxTime>9000</maxTime>");
  }

  @Test
  void aSolrconfigNeedsItsSchema() {
    assertThat(refusals(set("solrconfig.xml", CONFIG.formatted("")))).singleElement()
        .satisfies(refusal -> assertThat(refusal.what()).contains("needs the schema"));
  }

  @Test
  void aPropertyIsItsDefaultWhateverTheServerHas() {
    ContainedConfig config = accepted(set("schema.xml", SCHEMA.formatted("<field name=\"home\" type=\"string\" default=\"${user.home:none}\"/>"),
        "solrconfig.xml", CONFIG.formatted("<updateHandler class=\"solr.DirectUpdateHandler2\"><updateLog><str name=\"dir\">${solr.ulog.dir:}"
            + "</str></updateLog><autoCommit><maxTime>${solr.autoCommit.maxTime:15000}</maxTime></autoCommit></updateHandler>"
            + "<dataDir>${solr.data.dir:}</dataDir>")));
    assertThat(config.files().get("schema.xml")).contains("default=\"none\"").doesNotContain("${");
    assertThat(config.files().get("solrconfig.xml")).contains("<maxTime>15000</maxTime>").doesNotContain("${", "dataDir");
  }

  @Test
  void theSchemaStandsUnderEveryNameAndChangesByPushesOnly() {
    ContainedConfig config = accepted(set("managed-schema.xml", SCHEMA.formatted(""), "solrconfig.xml",
        CONFIG.formatted("<schemaFactory class=\"ManagedIndexSchemaFactory\"><bool name=\"mutable\">true</bool></schemaFactory>")));
    assertThat(config.files()).containsOnlyKeys("managed-schema.xml", "schema.xml", "solrconfig.xml");
    assertThat(config.files().get("solrconfig.xml")).contains("ClassicIndexSchemaFactory").doesNotContain("Managed", "mutable");
  }

  @ParameterizedTest
  @CsvSource({"/stream", "/sql", "/graph", "/export", "/debug/dump", "/admin/file"})
  void whatNothingHereAsksIsClosed(String handler) {
    ContainedConfig config = accepted(set("schema.xml", SCHEMA.formatted(""), "solrconfig.xml", CONFIG.formatted("")));
    assertThat(config.files().get("solrconfig.xml"))
        .contains("<requestHandler class=\"solr.NotFoundRequestHandler\" name=\"" + handler + "\">");
    assertThat(ofConfig("<requestHandler name=\"" + handler + "\" class=\"solr.NotFoundRequestHandler\"/>")).isEmpty();
  }

  @Test
  void anOrdinaryConfigSetIsAccepted() {
    ContainedConfig config = accepted(set("lang/stopwords_de.txt", "und\n", "managed-schema.xml", SCHEMA.formatted("""
        <!-- the usual -->
        <field name="price" type="currency"/>
        <dynamicField name="*_de" type="text_de"/>
        <copyField source="title" dest="text" maxChars="3000"/>
        <similarity class="solr.SchemaSimilarityFactory"/>
        <fieldType name="plong" class="solr.LongPointField" docValues="true"/>
        <fieldType name="currency" class="solr.CurrencyFieldType" defaultCurrency="EUR" currencyConfig="currency.xml"
            providerClass="solr.FileExchangeRateProvider" amountLongSuffix="_l_ns" codeStrSuffix="_s_ns"/>
        <fieldType name="text_de" class="solr.TextField" positionIncrementGap="100">
          <analyzer type="index">
            <charFilter class="solr.HTMLStripCharFilterFactory"/>
            <charFilter name="patternReplace" pattern="([^a-z])..$" replacement="/$1"/>
            <tokenizer class="solr.StandardTokenizerFactory"/>
            <filter class="solr.StopFilterFactory" ignoreCase="true" words="lang/stopwords_de.txt" format="snowball"/>
            <filter class="org.apache.lucene.analysis.de.GermanNormalizationFilterFactory"/>
            <filter name="snowballPorter" language="German2" protected="protwords.txt"/>
          </analyzer>
          <analyzer type="query" class="org.apache.lucene.analysis.de.GermanAnalyzer"/>
        </fieldType>"""), "protwords.txt", "", "solrconfig.xml", CONFIG.formatted("""
        <directoryFactory name="DirectoryFactory" class="${solr.directoryFactory:solr.NRTCachingDirectoryFactory}"/>
        <codecFactory class="solr.SchemaCodecFactory"/>
        <indexConfig><lockType>${solr.lock.type:native}</lockType></indexConfig>
        <query>
          <maxBooleanClauses>${solr.max.booleanClauses:1024}</maxBooleanClauses>
          <filterCache class="solr.CaffeineCache" size="512" initialSize="512" autowarmCount="0"/>
          <cache name="perSegFilter" class="solr.CaffeineCache" size="10"/>
          <listener event="newSearcher" class="solr.QuerySenderListener"><arr name="queries"><lst><str name="q">x</str></lst></arr></listener>
        </query>
        <requestDispatcher><httpCaching never304="true"/></requestDispatcher>
        <initParams path="/update/**,/query"><lst name="defaults"><str name="df">_text_</str></lst></initParams>
        <searchComponent name="spellcheck" class="solr.SpellCheckComponent">
          <str name="queryAnalyzerFieldType">text_general</str>
          <lst name="spellchecker">
            <str name="classname">solr.DirectSolrSpellChecker</str><str name="distanceMeasure">internal</str>
          </lst>
        </searchComponent>
        <updateProcessor class="solr.UUIDUpdateProcessorFactory" name="uuid"/>
        <updateRequestProcessorChain name="add" default="true">
          <processor class="solr.LogUpdateProcessorFactory"/><processor class="solr.RunUpdateProcessorFactory"/>
        </updateRequestProcessorChain>
        <queryResponseWriter name="json" class="solr.JSONResponseWriter"/>""")));
    assertThat(config.files().get("schema.xml")).contains("pattern=\"([^a-z])..$\"", "<uniqueKey>id</uniqueKey>").doesNotContain("the usual");
  }

  @Test
  void whatSolrReadsSaysTheSameAsTheBranchWrote() throws Exception {
    String text = SCHEMA.formatted("<field name=\"a&amp;b&lt;&quot;'&#10;&#x9;\" type=\"string\" default=\"&gt;&#228;\"/>");
    XmlElement root = SafeXml.read("x", text);
    XmlElement again = SafeXml.read("x", SafeXml.write(root));
    assertThat(again.children("field").map(XmlElement::attributes))
        .containsExactlyElementsOf(root.children("field").map(XmlElement::attributes).toList()).last().satisfies(attributes -> assertThat(attributes).containsEntry("name", "a&b<\"'\n\t").containsEntry("default", ">ä"));
  }

  @Test
  void aBranchWithoutAnythingAsksForNothing() {
    assertThat(accepted(ConfigSet.none("solr/conf")).isEmpty()).isTrue();
  }
}
