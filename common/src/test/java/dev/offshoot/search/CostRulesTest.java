package dev.offshoot.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.search.ConfigSet.ConfigFile;

class CostRulesTest {
  private static final ConfigSet NOTHING = new ConfigSet("solr/conf", List.of(), List.of());

  private static XmlElement xml(String text) {
    try {
      return SafeXml.read("x.xml", text);
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Refusal> ofConfig(String element) {
    return CostRules.ofSolrconfig("solrconfig.xml", xml("<config>\n" + element + "</config>"));
  }

  private static List<Refusal> ofSchema(ConfigSet set, String elements) {
    return CostRules.ofSchema(set, "schema.xml", xml("<schema>\n" + elements + "</schema>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "<query><filterCache size='2000000000'/></query>",
      "<query><documentCache initialSize='2000000000'/></query>",
      "<query><cache name='mine' size='1' maxRamMB='100000'/></query>",
      "<query><filterCache size='512' autowarmCount='100000'/></query>",
      "<query><filterCache size='20000' autowarmCount='100%'/></query>",
      "<query><filterCache size='many'/></query>",
      "<query><maxBooleanClauses>2147483647</maxBooleanClauses></query>",
      "<query><maxWarmingSearchers>1000</maxWarmingSearchers></query>",
      "<query><queryResultMaxDocsCached>100000000</queryResultMaxDocsCached></query>",
      "<indexConfig><ramBufferSizeMB>2047</ramBufferSizeMB></indexConfig>",
      "<indexConfig><maxBufferedDocs>2147483647</maxBufferedDocs></indexConfig>",
      "<indexConfig><mergeScheduler><int name='maxThreadCount'>500</int></mergeScheduler></indexConfig>",
      "<updateHandler><autoSoftCommit><maxTime>1</maxTime></autoSoftCommit></updateHandler>",
      "<updateHandler><updateLog><int name='numVersionBuckets'>1000000000</int></updateLog></updateHandler>"})
  void whatCouldStopTheServerIsRefusedWithItsPlace(String element) {
    assertThat(ofConfig(element)).singleElement().satisfies(refusal -> {
      assertThat(refusal.line()).isEqualTo(2);
      assertThat(refusal.what()).matches("(?s).*(?:may be|more than|needs).*");
    });
  }

  @Test
  void manyCachesAreRefused() {
    assertThat(ofConfig("<query>" + "<cache name='x' size='10'/>".repeat(11) + "</query>")).hasSize(1);
  }

  @Test
  void whatSolrsOwnExamplesSayIsAccepted() {
    assertThat(ofConfig("""
        <indexConfig><ramBufferSizeMB>100</ramBufferSizeMB><maxBufferedDocs>1000</maxBufferedDocs>
          <mergeScheduler><int name="maxThreadCount">1</int><int name="maxMergeCount">6</int></mergeScheduler></indexConfig>
        <updateHandler><updateLog><int name="numVersionBuckets">65536</int></updateLog>
          <autoCommit><maxTime>15000</maxTime></autoCommit><autoSoftCommit><maxTime>-1</maxTime></autoSoftCommit></updateHandler>
        <query><maxBooleanClauses>1024</maxBooleanClauses><filterCache size="512" initialSize="512" autowarmCount="0"/>
          <queryResultCache size="512" autowarmCount="50%"/><cache name="perSegFilter" size="10" initialSize="0" autowarmCount="10"/>
          <queryResultWindowSize>20</queryResultWindowSize><queryResultMaxDocsCached>200</queryResultMaxDocsCached>
          <maxWarmingSearchers>2</maxWarmingSearchers></query>""")).isEmpty();
    assertThat(ofSchema(NOTHING, "<filter name='nGram' minGramSize='2' maxGramSize='15'/><filter name='shingle' maxShingleSize='3'/>")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<filter name='nGram' minGramSize='1' maxGramSize='100000'/>", "<filter name='shingle' maxShingleSize='1000'/>",
      "<fieldType name='v' class='solr.DenseVectorField' vectorDimension='100000'/>",
      "<fieldType name='p' class='solr.PointType' dimension='100000'/>", "<fieldType name='v' hnswBeamWidth='3200'/>"})
  void analysisThatMultipliesWhatIsIndexedIsRefused(String element) {
    assertThat(ofSchema(NOTHING, element)).hasSize(1);
  }

  @Test
  void wordsAreCountedAsOftenAsTheyAreRead() {
    ConfigSet set = new ConfigSet("solr/conf", List.of(new ConfigFile("synonyms.txt", "a,b\n".repeat(250_000))), List.of());
    String filter = "<filter name='synonymGraph' synonyms='synonyms.txt'/>";
    assertThat(ofSchema(set, filter.repeat(8))).isEmpty();
    assertThat(ofSchema(set, filter.repeat(9))).singleElement().satisfies(refusal -> assertThat(refusal.what()).contains("8 MiB"));
    assertThat(ofSchema(set, "<filter name='synonymGraph' synonyms='" + "synonyms.txt, ".repeat(9) + "'/>")).hasSize(1);
  }
}
