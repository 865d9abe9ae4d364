package dev.offshoot.wire;

import java.util.Optional;

/**
 * How far one worker's lane of one environment has come. Written with every outcome, in its transaction: a record at or below it was
 * dealt with, whatever the group's offset says.
 *
 * @param topicId Kafka's id of the topic, so that a topic made anew is not mistaken for the old one
 * @param offset of the last record that was finished
 * @param sequence of the last lifecycle event that the worker said of the environment; 0 before the first
 * @param refusal why the last record that was finished led to nothing, for who asked; empty when it led to something
 */
public record Cursor(String topicId, long offset, long sequence, Optional<String> refusal) {

  /** Before the first record. */
  public static final Cursor START = new Cursor("", -1, 0);

  public Cursor(String topicId, long offset, long sequence) {
    this(topicId, offset, sequence, Optional.empty());
  }

  /** Whether the record was finished before. */
  public boolean covers(String topic, long recordOffset) {
    return topicId.equals(topic) && recordOffset <= offset;
  }
}
