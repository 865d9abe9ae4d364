package dev.offshoot.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Presence;

/** Finds the environment that a person means: by its name, its branch, or the beginning of its name. */
final class Lookup {
  private final Collection<EnvironmentState> known;

  Lookup(Collection<EnvironmentState> known) {
    this.known = known.stream().filter(e -> e.presence().isPresent()).toList();
  }

  EnvironmentState find(String text) {
    List<EnvironmentState> found = matching(e -> e.id().value().equals(text));
    if (found.isEmpty()) {
      found = matching(e -> e.presence().map(Presence::origin).filter(o -> o.ref().branch().equals(text)).isPresent()
          && isBranch(e));
    }
    if (found.isEmpty() && !text.isEmpty()) {
      found = matching(e -> e.id().value().startsWith(text));
    }
    return switch (found.size()) {
      case 0 -> throw new CommandFailed("No environment is called or made from '" + Harmless.line(text)
          + "'; 'offshoot env list --all' shows all");
      case 1 -> found.getFirst();
      default -> throw new CommandFailed("'" + Harmless.line(text) + "' may be any of "
          + found.stream().map(e -> e.id().value()).sorted().collect(Collectors.joining(", "))
              + "; write more of the name");
    };
  }

  /** The same of a name in full, also when nothing is known of it any more. */
  EnvironmentId named(String text) {
    try {
      return find(text).id();
    } catch (CommandFailed unknown) {
      return inFull(text).orElseThrow(() -> unknown);
    }
  }

  private static Optional<EnvironmentId> inFull(String text) {
    try {
      return Optional.of(new EnvironmentId(text));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }

  private static boolean isBranch(EnvironmentState environment) {
    return environment.presence().filter(p -> switch (p.origin().kind()) {
      case FULL -> true;
      case STATIC, PRODUCTION, REHEARSAL, REPOSITORY -> false;
    }).isPresent();
  }

  private List<EnvironmentState> matching(Predicate<EnvironmentState> predicate) {
    return known.stream().filter(predicate).toList();
  }
}
