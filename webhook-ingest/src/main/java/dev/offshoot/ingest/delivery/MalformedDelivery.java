package dev.offshoot.ingest.delivery;

/** A delivery that is authentic and cannot be understood. */
public final class MalformedDelivery extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  public MalformedDelivery(String problem) {
    super(problem);
    this.problem = problem;
  }

  /** Shown to the sender: says where and what to do, and repeats no content. */
  public String problem() {
    return problem;
  }
}
