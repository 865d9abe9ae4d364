package dev.offshoot.migrator.flyway;

import java.util.Optional;

import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

import dev.offshoot.migrator.text.SafeText;

/** Tells the witness of each migration, within its own transaction: before its SQL and before its commit. */
final class BetweenMigrations implements Callback {
  private final Witness witness;

  BetweenMigrations(Witness witness) {
    this.witness = witness;
  }

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
    Witness.Script script = script(context.getMigrationInfo());
    if (event == Event.BEFORE_EACH_MIGRATE) {
      witness.before(script);
    } else {
      witness.after(script);
    }
  }

  private static Witness.Script script(MigrationInfo info) {
    String version = Optional.ofNullable(info.getVersion()).map(Object::toString).orElse("");
    return new Witness.Script(SafeText.line(version), SafeText.line(info.getDescription()), SafeText.line(info.getScript()));
  }

  @Override
  public String getCallbackName() {
    return getClass().getSimpleName();
  }
}
