package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Request;
import dev.offshoot.ingest.delivery.DeliveryId;
import dev.offshoot.ingest.delivery.Outgoing;

/** What a host is made to say by {@code hooks test} must be what it understands. */
class OutgoingDeliveriesTest {
  private static final GitRef BRANCH = GitRef.ofBranch("fix/ünï-#2");

  static Stream<GitHostName> hosts() {
    return Stream.of(GitHostName.values());
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void everyHostUnderstandsTheDeletionThatItSends(GitHostName host) {
    Hook hook = hook(host);
    Outgoing delivery = hook.host().deletion(hook.repository(), BRANCH, new DeliveryId("test-1"));

    assertThat(new DeliveryReader(HostFixture.CLOCK).read(hook, HostFixture.headers(delivery.headers()), bytes(delivery)))
        .isInstanceOfSatisfying(DeliveryReader.Reading.Publish.class, publish -> assertThat(publish.messages())
            .extracting(message -> (Object) message.event())
            .containsExactly(new Request.BranchDeleted(HostFixture.origin(BRANCH.branch()), Outgoing.ACTOR)));
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void noHostTakesItOfAnotherSecret(GitHostName host) {
    Outgoing delivery = hook(host).host().deletion(hook(host).repository(), BRANCH, new DeliveryId("test-1"));

    assertThat(hook(host).host().authentic(HostFixture.headers(delivery.headers()), bytes(delivery), List.of(new Secret("another one")))).isFalse();
    assertThat(hook(host).host().authentic(HostFixture.headers(delivery.headers()), bytes(delivery), List.of())).isFalse();
  }

  @Test
  void aSecretThatIsWrittenAsAKeyIsOne() {
    var host = hook(GitHostName.GENERIC).host();
    Secret key = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    var repository = TestConfig.repository(new RepositoryKey("acme"), GitHostName.GENERIC, "acme/shop", List.of(key));
    Outgoing delivery = host.deletion(repository, BRANCH, new DeliveryId("test-1"));

    assertThat(host.authentic(HostFixture.headers(delivery.headers()), bytes(delivery), List.of(key))).isTrue();
    assertThat(host.authentic(HostFixture.headers(delivery.headers()), bytes(delivery),
        List.of(new Secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))).isFalse();
  }

  private static byte[] bytes(Outgoing delivery) {
    return delivery.body().getBytes(StandardCharsets.UTF_8);
  }

  private static Hook hook(GitHostName host) {
    return Hook.of(TestConfig.repository(new RepositoryKey("acme"), host, "acme/shop"), HostFixture.CLOCK);
  }
}
