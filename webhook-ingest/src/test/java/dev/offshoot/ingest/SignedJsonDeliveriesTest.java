package dev.offshoot.ingest;

import static dev.offshoot.ingest.HostFixture.BRANCH;
import static dev.offshoot.ingest.HostFixture.ODD;
import static dev.offshoot.ingest.HostFixture.TIP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The git host {@code generic}. */
class SignedJsonDeliveriesTest {
  private static final HostFixture HOST = HostFixtures.GENERIC;
  private static final long NOW = RunningIngest.NOW.getEpochSecond();
  private static final byte[] BODY = HOST.body("refs-changed").toString().getBytes(StandardCharsets.UTF_8);

  @Test
  void aPushACreationAndADeletionAreToldApartByTheirZeros() {
    assertThat(HOST.requests("refs-changed", "")).containsExactly(HostFixture.pushed(BRANCH, TIP, false, false));
    assertThat(HOST.requests("refs-created", "")).containsExactly(HostFixture.pushed(BRANCH, TIP, true, false));
    assertThat(HOST.requests("refs-deleted", "")).containsExactly(HostFixture.deleted(BRANCH));
  }

  @Test
  void manyRefsBecomeARequestForEachBranchThatCanHaveAnEnvironment() {
    assertThat(HOST.requests("refs-many", "")).containsExactly(HostFixture.pushed(BRANCH, TIP, true, false),
        HostFixture.deleted("fix/ünï-#2"), HostFixture.pushed("squash/me", ODD, false, true));
  }

  @Test
  void anUpdateAMergeAndACloseOfAChangeAreToldApart() {
    assertThat(HOST.requests("change-updated", "")).containsExactly(HostFixture.updated("environment", "api"));
    assertThat(HOST.requests("change-merged", "")).containsExactly(HostFixture.merged());
    assertThat(HOST.requests("change-closed", "")).containsExactly(HostFixture.closed());
  }

  @ParameterizedTest
  @CsvSource({"tag,a tag gets no environment", "ping,a ping: the webhook works",
      "change-fork-merged,'the change comes from a fork, whose branches get no environment'"})
  void whatGetsNoEnvironmentIsIgnored(String fixture, String reason) {
    assertThat(HOST.ignored(fixture, "")).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -1, 0, 1, 300})
  void aSignatureIsGoodForFiveMinutes(long age) {
    assertThat(HOST.read(HostFixtures.standard("1", NOW - age, BODY), BODY)).isInstanceOf(DeliveryReader.Reading.Publish.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, -301, 301, 86_400})
  void whatWasCapturedIsRefusedLater(long age) {
    assertRefused(HostFixtures.standard("1", NOW - age, BODY));
  }

  @ParameterizedTest
  @CsvSource({"webhook-id,2", "webhook-timestamp,0", "webhook-timestamp,99999999999999999999", "webhook-timestamp,now", "webhook-signature,v1",
      "webhook-signature,''", "webhook-signature,'v1, v1,'"})
  void whatTheSignatureCoversCannotBeChanged(String header, String value) {
    Map<String, String> headers = new HashMap<>(HostFixtures.standard("1", NOW, BODY));
    headers.put(header, value);

    assertRefused(headers);
  }

  @Test
  void anyOfSeveralSignaturesIsEnoughWhileASecretIsReplaced() {
    Map<String, String> headers = new HashMap<>(HostFixtures.standard("1", NOW, BODY));
    headers.put("webhook-signature", "v1,AAAA v1a,BBBB " + headers.get("webhook-signature"));

    assertThat(HOST.read(headers, BODY)).isInstanceOf(DeliveryReader.Reading.Publish.class);
  }

  private static void assertRefused(Map<String, String> headers) {
    assertThat(HOST.read(headers, BODY)).isInstanceOfSatisfying(DeliveryReader.Reading.Answered.class,
        answered -> assertThat(answered.answer().verdict()).isEqualTo(Verdict.UNAUTHENTIC));
  }
}
