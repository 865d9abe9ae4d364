package dev.offshoot.embedded;

import java.util.concurrent.CompletableFuture;

import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a broker's fatal fault and the end of the JVM.
 *
 * <p>Kafka has one exit procedure per JVM and no word about which broker calls it; the broker's threads inherit theirs.
 */
final class BrokerExits {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerExits.class);
  private static final InheritableThreadLocal<@Nullable CompletableFuture<KafkaFault>> FAULT_OF_THIS_THREAD =
      new InheritableThreadLocal<>();

  private BrokerExits() {
  }

  /** Every thread started from now on by the calling thread, or by those, reports to that future. */
  static void reportTo(CompletableFuture<KafkaFault> fault) {
    FAULT_OF_THIS_THREAD.set(fault);
    Exit.setExitProcedure(BrokerExits::intercept);
    Exit.setHaltProcedure(BrokerExits::intercept);
  }

  /** Returns in order: the caller throws its own exception after it. */
  private static void intercept(int status, @Nullable String message) {
    var fault = new KafkaFault(status, message == null ? "see the log just before" : message);
    var future = FAULT_OF_THIS_THREAD.get();
    LOG.error("The Kafka broker gave up (status {}): {}", fault.status(), fault.message());
    if (future != null) {
      future.complete(fault);
    }
  }
}
