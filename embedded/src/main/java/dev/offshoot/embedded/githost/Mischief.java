package dev.offshoot.embedded.githost;

/** What a host does instead of answering as it should. */
public enum Mischief {
  /** 500, and nothing is done. */
  OUT_OF_ORDER,
  /** 429 with {@code Retry-After: 7}, and nothing is done. */
  THROTTLED,
  /** 403 with no request left until five seconds from now, and nothing is done. */
  USED_UP,
  /** No answer, and nothing is done. */
  HANGS,
  /** What was asked for is done, and half of the answer comes. */
  HALF_AN_ANSWER,
  /** What was asked for is done, and no answer comes. */
  LOST_ANSWER,
  /** A redirect to another host. */
  SENDS_ELSEWHERE
}
