package dev.offshoot.provisioner.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;

/** Whose a resource is: one incarnation of one environment. */
public record Owner(RepositoryKey repository, EnvironmentId environment, Incarnation incarnation) {
  private static final Pattern INCARNATION = Pattern.compile("_i([1-9][0-9]{0,5})$");

  /** The name of its resource in every store. */
  public ResourceName name() {
    return ResourceName.of(repository, environment, incarnation);
  }

  /** The owner a resource's name stands for, if it is one of this environment's incarnations. */
  public static Optional<Owner> named(String name, RepositoryKey repository, EnvironmentId environment) {
    return endingLike(name, repository, environment).filter(owner -> owner.name().value().equals(name));
  }

  /** The incarnation that a name ends with, whatever it begins with. */
  public static Optional<Owner> endingLike(String name, RepositoryKey repository, EnvironmentId environment) {
    Matcher matcher = INCARNATION.matcher(name);
    return matcher.find()
        ? Optional.of(new Owner(repository, environment, new Incarnation(Integer.parseInt(matcher.group(1)))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return environment + " (incarnation " + incarnation + ")";
  }
}
