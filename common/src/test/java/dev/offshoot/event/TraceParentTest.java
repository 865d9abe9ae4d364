package dev.offshoot.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context, level 1: format of {@code traceparent}. */
class TraceParentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Property
  void whatIsWrittenHasTheFormOfTheStandardAndIsReadAgain(@ForAll long high, @ForAll long low, @ForAll long span) {
    TraceParent written = new TraceParent(new UUID(high, low == 0 ? 1 : low), span == 0 ? 1 : span);

    assertThat(written.toString()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").doesNotContain("-" + "0".repeat(32) + "-");
    assertThat(TraceParent.parse(written.toString())).contains(written);
  }

  @Example
  void theDigitsOfTheTraceAreThoseOfTheChain() {
    TraceParent read = TraceParent.parse("00-" + TRACE + '-' + SPAN + "-00").orElseThrow();

    assertThat(read.trace().toString().replace("-", "")).isEqualTo(TRACE);
    assertThat(read).hasToString("00-" + TRACE + '-' + SPAN + "-01");
  }

  @Property
  void theSpanOfAnEventIsTheSameEverywhere(@ForAll long random) {
    EventId id = EventId.derived(Long.toString(random));

    assertThat(TraceParent.span(id)).isEqualTo(TraceParent.span(new EventId(id.value()))).isNotZero();
  }

  @Example
  void theSpanIsTheBeginningOfTheSha256OfTheId() {
    // printf abc | sha256sum, the example of FIPS 180-4
    assertThat(Long.toHexString(TraceParent.span(new EventId("abc")))).isEqualTo("ba7816bf8f01cfea");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "",
      "00",
      "00-" + TRACE + "-" + SPAN,
      "00-" + TRACE + "-" + SPAN + "-0",
      "00-" + TRACE + "-" + SPAN + "-01-more",
      "00-" + TRACE + "-" + SPAN + "-01 ",
      "ff-" + TRACE + "-" + SPAN + "-01",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
      "00-00000000000000000000000000000000-" + SPAN + "-01",
      "00-" + TRACE + "-0000000000000000-01",
      "00-" + TRACE + "-" + SPAN + "-xx",
      "x00-" + TRACE + "-" + SPAN + "-01"})
  void whatTheStandardForbidsIsNone(String text) {
    assertThat(TraceParent.parse(text)).isEmpty();
  }

  @Example
  void aLaterVersionMaySayMore() {
    assertThat(TraceParent.parse("01-" + TRACE + '-' + SPAN + "-01-more")).isPresent();
    assertThat(TraceParent.parse("01-" + TRACE + '-' + SPAN + "-01-" + "x".repeat(10_000))).isEmpty();
  }

  @Example
  void idsOfZerosDoNotExist() {
    assertThatThrownBy(() -> new TraceParent(new UUID(0, 0), 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceParent(new UUID(0, 1), 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
