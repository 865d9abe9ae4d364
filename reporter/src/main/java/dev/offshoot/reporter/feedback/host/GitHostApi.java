package dev.offshoot.reporter.feedback.host;

import java.util.List;

import dev.offshoot.environment.Commit;

/**
 * One repository at its git host, as the account sees it that the token belongs to.
 *
 * <p>Laws, of every host:
 * <ul>
 * <li>What is answered is read at that moment; nothing that can change is remembered.
 * <li>A call without an answer may have happened. Each may be made again after looking.
 * <li>Whatever goes wrong is a {@link dev.offshoot.worker.Failure}: transient where the host is down, slow or wants to be left alone
 *     (with the pause it asks for), permanent where the token or the request is at fault. No message holds the token.
 * </ul>
 */
public interface GitHostApi {
  /** A branch has few changes: of more than so many the oldest are left out. */
  int MOST_CHANGES = 10;

  /** The changes (pull or merge requests) from this branch of this repository itself, never from a fork, the newest first. */
  List<Change> changes(String branch) throws InterruptedException;

  /** The comments of a change that this account has written, whole, the oldest first; none where the change is gone. */
  List<Comment> comments(Change change) throws InterruptedException;

  /** Adds a comment, each time it is called; nothing where the change is gone. */
  void write(Change change, String text) throws InterruptedException;

  /** Puts another text into a comment of this account; nothing where the comment is gone. */
  void rewrite(Change change, Comment comment, String text) throws InterruptedException;

  /**
   * Afterwards the commit has this status under {@link CommitStatus#CONTEXT}, once.
   *
   * @return whether something had to be written
   */
  boolean ensure(Commit commit, CommitStatus status) throws InterruptedException;
}
