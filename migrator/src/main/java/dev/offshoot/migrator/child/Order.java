package dev.offshoot.migrator.child;

import java.time.Duration;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.migrator.flyway.EnvironmentDatabase;

/**
 * What a child is to do. The files follow one by one.
 *
 * @param password of the role; it goes through the pipe alone, where no other process can see it
 * @param files how many follow
 * @param passed since the first attempt at these files began
 */
public record Order(StoreCoordinates at, String password, String application, FlywayConfig settings, int files, Duration passed)
    implements Heard {

  public static Order of(EnvironmentDatabase database, FlywayConfig settings, int files, Duration passed) {
    return new Order(database.at(), database.password().reveal(), database.application(), settings, files, passed);
  }

  EnvironmentDatabase database() {
    return new EnvironmentDatabase(at, new Secret(password), application);
  }

  @Override
  public String toString() {
    return "Order[" + application + ", " + files + " files]";
  }
}
