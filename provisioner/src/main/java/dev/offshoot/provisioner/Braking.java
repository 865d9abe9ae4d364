package dev.offshoot.provisioner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.config.WorkersConfig.Brake;
import dev.offshoot.event.EventId;
import dev.offshoot.event.Request.RefDiffers;
import dev.offshoot.provisioner.Comparison.Difference;

/**
 * What of a comparison may be asked for, and what waits for a person. Pure.
 *
 * <p>Laws: where more would be destroyed than the brake allows, or the host listed no branch at all, nothing is asked for; where only too
 * many would be made, all else is. A confirmation lets pass what it was said of, and nothing that was found since.
 *
 * @param passes what may be asked for
 * @param held what may not
 */
public record Braking(List<RefDiffers> passes, Optional<Held> held) {
  public Braking {
    passes = List.copyOf(passes);
  }

  /**
   * @param asks what would be asked for
   * @param finding names them; the same for the same
   */
  public record Held(String reason, List<RefDiffers> asks, String finding) {
    public Held {
      asks = List.copyOf(asks);
    }
  }

  /** @param confirmed the finding that a person has confirmed */
  public static Braking of(Comparison comparison, Brake brake, Optional<String> confirmed) {
    List<RefDiffers> all = asks(comparison.differences());
    Optional<Held> held = tooMuchGoes(comparison, brake).map(reason -> held(reason, all))
        .or(() -> tooMuchComes(comparison, brake).map(reason -> held(reason, asks(comparison.untold()))))
        .filter(found -> !found.finding().equals(confirmed.orElse("")));
    List<RefDiffers> passes = new ArrayList<>(all);
    held.ifPresent(found -> passes.removeAll(found.asks()));
    return new Braking(passes, held);
  }

  private static Optional<String> tooMuchGoes(Comparison comparison, Brake brake) {
    int goes = comparison.destroying().size();
    int forgotten = comparison.forgetting().size();
    if (comparison.branches() == 0 && goes + forgotten > 0) {
      return Optional.of("the git host lists no branch at all");
    }
    int limit = brake.limit(comparison.standing());
    if (goes > limit) {
      return Optional.of("the branches of " + goes + " of " + comparison.standing()
          + " standing environments are not listed, and at most " + limit + " are destroyed at once");
    }
    int most = brake.limit(comparison.remembered());
    return forgotten > most
        ? Optional.of("the branches of " + forgotten + " of " + comparison.remembered() + " destroyed environments, which were there"
            + " when last seen, are not listed; should they be listed again, all of them would come back")
        : Optional.empty();
  }

  private static Optional<String> tooMuchComes(Comparison comparison, Brake brake) {
    int comes = comparison.untold().size();
    return comes > brake.create()
        ? Optional.of(comes + " branches that no delivery has told of would get an environment, and at most " + brake.create()
            + " are made at once")
        : Optional.empty();
  }

  private static Held held(String reason, List<RefDiffers> asks) {
    return new Held(reason, asks, EventId.derived(asks.stream()
        .map(ask -> ask.origin().environment() + " " + ask.identity().orElse(""))
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.joining("\n"))).value());
  }

  private static List<RefDiffers> asks(List<Difference> differences) {
    return differences.stream().map(Difference::ask).toList();
  }
}
