package dev.offshoot.ingest.delivery;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;

/**
 * How one kind of git host speaks. Pure: the same delivery gives the same answer, and nothing is looked up elsewhere.
 *
 * <p>The caller holds the order: {@link #authentic} over the raw bytes first, the rest only of a delivery that
 * is. Nothing in a delivery says which host it is from (Gitea sends GitHub's headers too); the hook does.
 */
public interface GitHost {

  /**
   * Whether the body was signed with one of the secrets. All are tried in the same time, whichever fits. False
   * without a signature and without secrets.
   */
  boolean authentic(Headers headers, byte[] body, List<Secret> secrets);

  /**
   * The id of the delivery as the host sent it. It is not signed: good for recognising a repetition, never as
   * proof.
   */
  Optional<String> deliveryId(Headers headers);

  /**
   * The full name of the repository that the body speaks of; empty where the event has none.
   *
   * @throws MalformedDelivery when it is there and not text
   */
  Optional<String> repository(Payload body);

  /**
   * What the delivery asks for.
   *
   * @throws MalformedDelivery when a field that the event must have is missing or of another type
   */
  Delivery read(Headers headers, Payload body, RepositoryConfig repository);
}
