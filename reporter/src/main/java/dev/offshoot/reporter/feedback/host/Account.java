package dev.offshoot.reporter.feedback.host;

import java.util.Optional;

/** Who the token belongs to: asked once, since a token does not change hands. */
public final class Account {
  private final Question question;
  private volatile Optional<String> known = Optional.empty();

  /** Asks the host. */
  public interface Question {
    String ask() throws InterruptedException;
  }

  public Account(Question question) {
    this.question = question;
  }

  /** As the host writes it beside a comment. */
  public String id() throws InterruptedException {
    Optional<String> before = known;
    if (before.isPresent()) {
      return before.get();
    }
    String asked = question.ask();
    known = Optional.of(asked);
    return asked;
  }
}
