package dev.offshoot.wire;

import java.util.Optional;

/**
 * How far one worker's lane of one environment has come. Written with every outcome, in its transaction: a record at or below it was
 * dealt with, whatever the group's offset says.
 *
 * @param topicId Kafka's id of the topic, so that a topic made anew is not mistaken for the old one
 * @param offset of the last record that was finished
 * @param sequence of the last lifecycle event that the worker said of the environment; 0 before the first
 * @param refusal the last record that led to nothing, for who asked; what comes after it does not take it away
 */
public record Cursor(String topicId, long offset, long sequence, Optional<Refusal> refusal) {

  /**
   * That a record led to nothing.
   *
   * @param offset the record's
   * @param reason of at most 300 characters
   */
  public record Refusal(long offset, String reason) {}

  /** Before the first record. */
  public static final Cursor START = new Cursor("", -1, 0);

  public Cursor(String topicId, long offset, long sequence) {
    this(topicId, offset, sequence, Optional.empty());
  }

  /** Why that record led to nothing; also empty once another one after it has led to nothing. */
  public Optional<String> refusalOf(long recordOffset) {
    return refusal.filter(last -> last.offset() == recordOffset).map(Refusal::reason);
  }

  /** Whether the record was finished before. */
  public boolean covers(String topic, long recordOffset) {
    return topicId.equals(topic) && recordOffset <= offset;
  }
}
