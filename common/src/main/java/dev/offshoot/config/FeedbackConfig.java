package dev.offshoot.config;

import java.net.URI;
import java.util.Optional;

/**
 * {@code feedback:} how a repository's git host is told what became of a push.
 *
 * @param api the base of its REST API, without a slash at the end; https, or http on this machine
 * @param reportUrl where people read a report, with {@code {report}}, {@code {environment}} and {@code {commit}} to be filled in
 */
public record FeedbackConfig(URI api, Login login, Told told, Optional<String> reportUrl) {

  /**
   * The account that comments.
   *
   * @param user only where the token goes with a name (basic authentication)
   */
  public record Login(Optional<String> user, Secret token) {}

  /**
   * @param comment one comment on the open change of a branch
   * @param status a status of the commit
   */
  public record Told(boolean comment, boolean status) {}
}
