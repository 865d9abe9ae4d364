package dev.offshoot.reporter.lint;

import java.util.HashSet;
import java.util.Set;

import dev.offshoot.reporter.lint.sql.Operation;

/** Which timeouts are set. Each script has to set its own: it may be run alone. */
final class Timeouts {
  private final Set<String> session = new HashSet<>();
  private final Set<String> transaction = new HashSet<>();

  void set(Operation.SetParameter set) {
    if (!unlimited(set.value())) {
      (set.local() ? transaction : session).add(set.name());
    } else {
      transaction.remove(set.name());
      session.remove(set.name());
    }
  }

  /** PostgreSQL takes 0, with any unit, for none at all. */
  private static boolean unlimited(String value) {
    return value.isEmpty() || value.chars().filter(Character::isDigit).allMatch(each -> each == '0');
  }

  void ended() {
    transaction.clear();
  }

  void forget() {
    session.clear();
    transaction.clear();
  }

  boolean lock() {
    return has("lock_timeout");
  }

  boolean statement() {
    return has("statement_timeout");
  }

  private boolean has(String name) {
    return session.contains(name) || transaction.contains(name);
  }
}
