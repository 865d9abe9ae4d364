package dev.offshoot.reporter.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import dev.offshoot.reporter.SampleReports;
import dev.offshoot.reporter.model.Drift;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference;

class MarkdownReportTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^(`{3,})\\w*\n.*?\n\\1\n");
  private static final Pattern SPAN = Pattern.compile("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)");

  private static String markdown(Findings findings) {
    return MarkdownReport.of(SampleReports.report(findings));
  }

  @Test
  void whatDiffersInProductionIsNamed() {
    Findings drifted = SampleReports.clean("feature/drift");
    SchemaDifference difference = new SchemaDifference(Excerpt.all(List.of(
        new SchemaDifference.Change(SchemaDifference.Kind.ADDED, "INDEX", "public.product.by_hand"),
        new SchemaDifference.Change(SchemaDifference.Kind.REMOVED, "VIEW", "public.totals"))), "", List.of());
    Findings with = new Findings(drifted.header(), drifted.plan(), drifted.schema(), drifted.trial(), drifted.failure(), drifted.lint(),
        drifted.collisions(), Part.present(new Drift("one against the other", difference)), drifted.masking(), drifted.sizes());
    assertThat(MarkdownReport.of(SampleReports.report(with)))
        .contains("- only in Production: index ` public.product.by_hand `", "- only in Staging: view ` public.totals `");
  }

  @Test
  void theVerdictStandsFirstAndDetailsAreFolded() {
    assertThat(markdown(SampleReports.ordinary()).lines().limit(4)).first().asString().contains("needs a DBA");
    assertThat(markdown(SampleReports.ordinary())).contains("lock-blocks-reads", "V7__currency.sql:2",
        "<details><summary>Trial run on the clone: 5 statements", "<details><summary>Not checked");
  }

  @Test
  void outsideCodeNothingOfABranchIsLeft() {
    String text = markdown(SampleReports.hostile());
    String bare = SPAN.matcher(FENCED.matcher(text).replaceAll("")).replaceAll("");

    assertThat(bare).doesNotContain("script").doesNotContain("@everyone").doesNotContain("img").doesNotContain("evil")
        .contains("# Delta report");
    assertThat(bare.replaceAll("</?(details|summary)>", "")).doesNotContain("<");
  }

  @Test
  void aPartThatHasNoRoomIsLeftOutAsAWhole() {
    Findings ordinary = SampleReports.ordinary();
    SchemaDifference endless = new SchemaDifference(Excerpt.all(List.of()), "",
        Collections.nCopies(20, "remark ".repeat(1_000)));
    Findings large = new Findings(ordinary.header(), ordinary.plan(), Part.present(endless), ordinary.trial(),
        ordinary.failure(), ordinary.lint(), ordinary.collisions(), ordinary.drift(), ordinary.masking(),
        ordinary.sizes());

    assertThat(markdown(large)).hasSizeLessThan(MarkdownReport.LONGEST).contains("The part on schema is too long",
        "Other open branches").doesNotContain("remark");
  }
}
