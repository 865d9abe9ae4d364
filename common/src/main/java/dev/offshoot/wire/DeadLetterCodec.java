package dev.offshoot.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import dev.offshoot.event.EventId;
import dev.offshoot.event.Message;
import dev.offshoot.wire.DeadLetter.Content;
import dev.offshoot.wire.DeadLetter.How;
import dev.offshoot.wire.DeadLetter.Origin;
import dev.offshoot.wire.DeadLetter.Settlement;

/**
 * Letters and their settlements as Kafka records. Everything in one may be junk: what cannot be read is shown as it is,
 * and never an error.
 */
final class DeadLetterCodec {
  private static final String OURS = "offshoot_dead_letter_";
  private static final String WORKER = OURS + "worker";
  private static final String SETTLES = OURS + "settles";
  private static final String HOW = OURS + "how";
  private static final String ACTOR = OURS + "by";
  private static final String TIME = OURS + "time";
  private static final String REQUEST = OURS + "request";
  private static final int SHOWN_BYTES = 4_096;

  private final EventCodec events;

  DeadLetterCodec(EventCodec events) {
    this.events = events;
  }

  static DeadLetterId id(ConsumerRecord<String, byte[]> record) {
    return new DeadLetterId(record.partition(), record.offset());
  }

  /** Which letter the record settles; empty for a letter, whatever headers the record in it came with. */
  Optional<DeadLetterId> settles(ConsumerRecord<String, byte[]> record) {
    try {
      boolean letter = header(record, WORKER).isPresent();
      return letter ? Optional.empty() : header(record, SETTLES).map(DeadLetterId::parse);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  Settlement settlement(ConsumerRecord<String, byte[]> record) {
    How how = header(record, HOW).filter(How.RETRIED.name().toLowerCase(Locale.ROOT)::equals).isPresent()
        ? How.RETRIED : How.DISCARDED;
    return new Settlement(how, header(record, ACTOR).orElse(""), time(record), request(record));
  }

  private static Optional<EventId> request(ConsumerRecord<String, byte[]> record) {
    try {
      return header(record, REQUEST).map(EventId::new);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  ProducerRecord<String, byte[]> settling(DeadLetter letter, Settlement settlement) {
    String key = letter.key().isEmpty() ? null : letter.key();
    var record = new ProducerRecord<String, byte[]>(Topic.DEAD_LETTERS.topicName(), letter.id().partition(), key, null);
    header(record, SETTLES, letter.id().toString());
    header(record, HOW, settlement.how().name().toLowerCase(Locale.ROOT));
    header(record, ACTOR, settlement.actor());
    header(record, TIME, settlement.time().toString());
    settlement.request().ifPresent(request -> header(record, REQUEST, request.value()));
    return record;
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  DeadLetter letter(ConsumerRecord<String, byte[]> record, Optional<Settlement> settled) {
    Origin origin = new Origin(
        header(record, WORKER).orElse(""),
        header(record, OURS + "topic").orElse(""),
        (int) number(record, "partition", record.partition()),
        number(record, "offset", -1),
        (int) number(record, "attempts", 0),
        header(record, OURS + "reason").orElse(""),
        time(record));
    List<DeadLetter.Header> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new DeadLetter.Header(header.key(), header.value() == null ? "" : text(header.value())));
    }
    String key = Optional.ofNullable(record.key()).orElse("");
    return new DeadLetter(id(record), origin, key, headers, content(record), settled);
  }

  private Content content(ConsumerRecord<String, byte[]> record) {
    try {
      Message message = events.decode(record.headers(), record.value());
      return new Content.Decoded(message);
    } catch (UndecodableException e) {
      byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
      return new Content.Undecodable(String.valueOf(e.getMessage()), escaped(value), value.length);
    }
  }

  private static Instant time(ConsumerRecord<String, byte[]> record) {
    try {
      return header(record, TIME).map(Instant::parse).orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
    } catch (DateTimeException notOurs) {
      return Instant.ofEpochMilli(record.timestamp());
    }
  }

  private static long number(ConsumerRecord<String, byte[]> record, String name, long otherwise) {
    try {
      return header(record, OURS + name).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException notOurs) {
      return otherwise;
    }
  }

  /** The last of a name: those before it came with the record. */
  private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name)).map(Header::value).map(DeadLetterCodec::text);
  }

  private static String text(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException noText) {
      return escaped(value);
    }
  }

  private static String escaped(byte[] value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(value.length, SHOWN_BYTES); i++) {
      int b = value[i] & 0xff;
      boolean printable = b >= ' ' && b < 0x7f && b != '\\';
      text.append(printable ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02x", b));
    }
    return text.toString();
  }
}
