package dev.offshoot.proof.fault;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.offshoot.proof.Webhooks;
import dev.offshoot.proof.check.Expectation.Delivery;
import dev.offshoot.proof.fault.ShopRepository.Push;

/** Sends GitHub's deliveries, signed, and notes which were acknowledged. */
final class GitHost implements AutoCloseable {
  private final Webhooks webhooks;
  private final Set<Delivery> acknowledged = ConcurrentHashMap.newKeySet();

  GitHost(URI url, String secret) {
    this.webhooks = new Webhooks(url, secret);
  }

  Set<Delivery> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** A delivery that can be sent any number of times. */
  record Letter(String id, String event, String body) {}

  static Letter letter(Push push) {
    return new Letter(UUID.randomUUID().toString(), "push", """
        {"ref":"%s","before":"%s","after":"%s","created":%s,"deleted":%s,"forced":false,
         "repository":{"full_name":"proof/shop","default_branch":"main"},"pusher":{"name":"proof"}}
        """.formatted(push.ref(), push.before(), push.after(), push.before().equals(Push.NONE), push.isDelete()));
  }

  /** Sends until it is acknowledged, as a patient git host would. */
  void tell(Push push) throws InterruptedException {
    Letter letter = letter(push);
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!send(letter)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("No delivery was acknowledged for two minutes");
      }
      Thread.sleep(200);
    }
  }

  /** Whether it was acknowledged. */
  boolean send(Letter letter) throws InterruptedException {
    Webhooks.Answer answer = webhooks.send(letter.event(), letter.id(), letter.body());
    if (answer == Webhooks.Answer.ACCEPTED) {
      acknowledged.add(new Delivery(ShopRepository.KEY, letter.id()));
    }
    return answer != Webhooks.Answer.NONE;
  }

  @Override
  public void close() {
    webhooks.close();
  }
}
