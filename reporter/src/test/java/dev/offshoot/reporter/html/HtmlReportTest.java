package dev.offshoot.reporter.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

import dev.offshoot.evidence.Evidence;
import dev.offshoot.reporter.SampleReports;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.Trial;

/** The page is also well-formed XML, so a parser of the JDK sees what a browser does. */
class HtmlReportTest {
  private static final List<String> TAGS = List.of("html", "head", "meta", "title", "style", "body", "main", "header",
      "section", "footer", "h1", "h2", "h3", "p", "span", "strong", "i", "dl", "dt", "dd", "div", "ul", "ol", "li", "code",
      "pre", "details", "summary", "figure", "figcaption", "table", "thead", "tbody", "tr", "th", "td", "svg", "line",
      "rect", "text", "tspan");
  private static final List<String> ATTRIBUTES = List.of("lang", "charset", "http-equiv", "content", "name", "class",
      "aria-hidden", "aria-label", "role", "scope", "data-name", "xmlns", "width", "height", "x", "y", "x1", "x2", "y1",
      "y2", "rx", "text-anchor");

  private static String html(Findings findings) {
    return HtmlReport.of(SampleReports.report(findings));
  }

  private static List<Element> elements(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Document page = factory.newDocumentBuilder().parse(new ByteArrayInputStream(html.getBytes(UTF_8)));
    NodeList all = page.getElementsByTagName("*");
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
  }

  private static List<Attr> attributes(Element element) {
    NamedNodeMap all = element.getAttributes();
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Attr) all.item(i)).toList();
  }

  @Test
  void aPageOfAnyBranchHasOnlyTagsAndAttributesThatNeitherRunNorFetchAnything() throws Exception {
    for (Findings findings : List.of(SampleReports.ordinary(), SampleReports.failing(), SampleReports.rehearsed(), SampleReports.hostile(),
        SampleReports.bare("feature/bare"), SampleReports.clean("feature/clean"))) {
      assertThat(elements(html(findings))).hasSizeGreaterThan(30).allSatisfy(element -> {
        assertThat(element.getTagName()).isIn(TAGS.stream().flatMap(tag -> List.of(tag, "title").stream()).toList());
        assertThat(attributes(element)).allSatisfy(attribute -> assertThat(attribute.getName()).isIn(ATTRIBUTES));
      });
      assertThat(html(findings)).contains("default-src 'none'").doesNotContain("url(").doesNotContain("@import");
    }
  }

  @Test
  void whatABranchWritesIsSeenAsItWroteIt() throws Exception {
    String evil = "</code></pre><script>alert(1)</script>";
    assertThat(elements(html(SampleReports.hostile()))).filteredOn(element -> element.getTagName().equals("code"))
        .extracting(Element::getTextContent).anyMatch(text -> text.startsWith(evil))
        .anyMatch(text -> text.contains("\\u{202e}\\u{0}&amp;"));
  }

  @Test
  void everyPartHasItsHeadingAlsoWhenItIsMissing() throws Exception {
    for (Findings findings : List.of(SampleReports.ordinary(), SampleReports.bare("feature/bare"))) {
      assertThat(elements(html(findings))).filteredOn(element -> element.getTagName().equals("h2"))
          .extracting(Element::getTextContent).containsSubsequence("Why", "Plan", "Schema, compared with the snapshot",
              "Trial run on the clone", "Lint", "Other open branches", "Drift", "Masking", "Sizes", "Not checked");
    }
    assertThat(html(SampleReports.bare("feature/bare"))).contains("nobody looked");
  }

  @Test
  void aLongRunMakesNoEndlessPage() {
    Findings ordinary = SampleReports.ordinary();
    Evidence run = ordinary.trial().found().orElseThrow().runs().getFirst();
    List<Evidence> runs = new ArrayList<>(Collections.nCopies(50, new Evidence(run.run(), run.plan(), run.scripts(),
        Collections.nCopies(400, run.statements().getFirst()), run.measuring())));
    List<SchemaDifference.Change> changes = Collections.nCopies(100_000,
        new SchemaDifference.Change(SchemaDifference.Kind.ADDED, "TABLE", "public." + "x".repeat(60)));
    Findings endless = new Findings(ordinary.header(), ordinary.plan(),
        Part.present(new SchemaDifference(Excerpt.of(changes, 2_000), "-- x\n".repeat(100_000), List.of())),
        Part.present(Trial.of(runs)), ordinary.failure(), ordinary.lint(), ordinary.collisions(), ordinary.drift(),
        ordinary.masking(), ordinary.sizes());

    String html = html(endless);

    assertThat(html.length()).isLessThan(2_000_000);
    assertThat(html).contains("99700 more", "19750 more", "440000 more characters");
  }

  @Test
  void productionsSizeStandsBesideTheClones() {
    String html = html(SampleReports.rehearsed());

    assertThat(html).contains("Rehearsal on Production", "about 98,000,000 rows", "about 2,104,233 rows", "customers_email_key", "214 rows");
    assertThat(html(SampleReports.ordinary())).doesNotContain("Rehearsal on Production");
  }
}
