package dev.offshoot.migrator.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.watch.Watched;
import dev.offshoot.wire.Json;

/**
 * One end of the talk: a frame is the length in four bytes, then so many bytes of JSON. Reading is bounded before anything is read;
 * what is no frame is an {@link IOException}. Writing is for any thread.
 */
final class Frames {
  /** As large as evidence may be, with room for what goes with it. */
  static final int LARGEST = 36 << 20;
  /** A file may have 5 MiB. */
  private static final int LONGEST_TEXT = 6 << 20;
  private static final int BUFFER = 1 << 16;
  private static final ObjectMapper MAPPER = mapper();

  private final DataInputStream in;
  private final DataOutputStream out;

  Frames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = Json.mapper().copy();
    for (Class<?> choice : List.of(Said.class, Heard.class, MigrationResult.End.class)) {
      mapper.addMixIn(choice, ByName.class);
      mapper.registerSubtypes(choice.getPermittedSubclasses());
    }
    mapper.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    mapper.getFactory().setStreamReadConstraints(
        mapper.getFactory().streamReadConstraints().rebuild().maxStringLength(LONGEST_TEXT).build());
    return mapper;
  }

  /** Reads and writes what takes longest the first time. */
  static void warmUp() throws IOException {
    MigrationResult result = new MigrationResult("", "", List.of(), new MigrationResult.Completed(), Optional.of(Watched.nothing(Duration.ZERO)));
    var _ = MAPPER.writerFor(Said.class).writeValueAsBytes(new Said.Ended(result));
    StoreCoordinates nowhere = new StoreCoordinates(StoreKind.POSTGRES, "", 1, "", "");
    byte[] order = MAPPER.writerFor(Heard.class).writeValueAsBytes(new Order(nowhere, "", "", FlywayConfig.DEFAULT, 0, Duration.ZERO));
    var _ = MAPPER.readerFor(Heard.class).readValue(order);
  }

  <T> void write(Class<T> type, T one) throws IOException {
    byte[] bytes = MAPPER.writerFor(type).writeValueAsBytes(one);
    synchronized (out) {
      out.writeInt(bytes.length);
      out.write(bytes);
      out.flush();
    }
  }

  /** @throws java.io.EOFException when the other end has hung up */
  <T> T read(Class<T> type) throws IOException {
    int length = in.readInt();
    if (length < 1 || length > LARGEST) {
      throw new IOException("A frame of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    return Optional.<T>ofNullable(MAPPER.readerFor(type).readValue(bytes)).orElseThrow(() -> new IOException("A frame of nothing"));
  }

  /** Which one it is stands beside its data. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
  private interface ByName {}
}
