package dev.offshoot.ingest.delivery;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.GitRef;

/**
 * How one kind of git host speaks. The same delivery gives the same answer, except that a signature over a time is good
 * for a while only; nothing is looked up elsewhere.
 *
 * <p>The caller holds the order: {@link #authentic} over the raw bytes first, the rest only of a delivery that
 * is. Nothing in a delivery says which host it is from (Gitea sends GitHub's headers too); the hook does.
 */
public interface GitHost {

  /**
   * Whether one of the secrets made the signature, or is what the host sends instead of one. All are tried in the same
   * time, whichever fits. False without a signature and without secrets.
   */
  boolean authentic(Headers headers, byte[] body, List<Secret> secrets);

  /**
   * The id of the delivery as the host sent it; empty where it sends none, and then its body tells it apart. Mostly it is not signed: good for
   * recognising a repetition, never as proof.
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

  /**
   * What this host would send when the branch goes, signed with the repository's first secret: {@link #authentic} holds of it,
   * and {@link #read} gives a request that the branch was deleted.
   *
   * @param id of the delivery, where the host sends one
   */
  Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id);
}
