package dev.offshoot.ingest.delivery;

/** A delivery that is authentic and cannot be understood. The message is shown to the sender: it says where, and repeats no content. */
public final class MalformedDelivery extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedDelivery(String message) {
    super(message);
  }

  public MalformedDelivery(String message, Throwable cause) {
    super(message, cause);
  }
}
