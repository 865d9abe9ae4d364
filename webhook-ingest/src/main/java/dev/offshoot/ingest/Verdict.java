package dev.offshoot.ingest;

import java.util.Locale;

/** What a delivery came to: the status of the answer and the {@code outcome} label of the metric. */
enum Verdict {
  ACCEPTED(202, "accepted"),
  IGNORED(202, "ignored"),
  MALFORMED(400, "refused"),
  /** The client went before its body was in; nobody reads the answer. */
  ABANDONED(400, "refused"),
  UNAUTHENTIC(401, "refused"),
  WRONG_REPOSITORY(403, "refused"),
  UNKNOWN_HOOK(404, "refused"),
  TOO_SLOW(408, "refused"),
  TOO_LARGE(413, "refused"),
  UNSUPPORTED(415, "refused"),
  RATE_LIMITED(429, "refused"),
  FAILED(500, "failed"),
  UNAVAILABLE(503, "unavailable");

  private final int code;
  private final String status;

  Verdict(int code, String status) {
    this.code = code;
    this.status = status;
  }

  int code() {
    return code;
  }

  String status() {
    return status;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
