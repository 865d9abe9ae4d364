package dev.offshoot.migrator;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

import dev.offshoot.fault.FaultPoint;

/** Where a run may be cut: within a migration's own transaction, before its SQL and before its commit. */
final class BetweenMigrations implements Callback {
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    if (event == Event.BEFORE_EACH_MIGRATE) {
      FaultPoint.at("migrate.each.before");
    } else {
      FaultPoint.at("migrate.each.after");
    }
  }

  @Override
  public String getCallbackName() {
    return getClass().getSimpleName();
  }
}
