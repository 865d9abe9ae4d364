package dev.offshoot.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of {@link Blobs}; every implementation's test implements it. */
interface BlobsContract {

  /** An empty store. */
  Blobs blobs();

  @Test
  default void whatWasPutIsWhatIsGot() {
    byte[] bytes = {0, 1, (byte) 0xff, '\n'};
    blobs().put("reports/a-b/i1/x.md", bytes);
    assertThat(blobs().get("reports/a-b/i1/x.md")).hasValue(bytes);
  }

  @Test
  default void aMissingBlobIsEmpty() {
    assertThat(blobs().get("no/such")).isEmpty();
  }

  @Test
  default void puttingAgainReplacesAsAWhole() {
    blobs().put("k", "a long first text".getBytes(UTF_8));
    blobs().put("k", "short".getBytes(UTF_8));
    assertThat(blobs().get("k")).hasValue("short".getBytes(UTF_8));
  }

  @Test
  default void keysAreListedSortedAndByPrefix() {
    for (String key : new String[] {"b/2", "b/1", "a", "bb"}) {
      blobs().put(key, new byte[0]);
    }
    assertThat(blobs().list("b/")).containsExactly("b/1", "b/2");
    assertThat(blobs().list("")).containsExactly("a", "b/1", "b/2", "bb");
    assertThat(blobs().list("none")).isEmpty();
  }

  @Test
  default void deletingIsFinalAndMayBeRepeated() {
    blobs().put("k", new byte[1]);
    blobs().delete("k");
    blobs().delete("k");
    assertThat(blobs().get("k")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", "..", "a/..", "../a", "a/../b", ".", "a b", "a\\b", "a\nb", "é", "a~b"})
  default void aKeyOutsideTheGrammarIsRefused(String key) {
    assertThatThrownBy(() -> blobs().put(key, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> blobs().get(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> blobs().delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aReaderSeesTheOldOrTheNewNeverAMixture() throws Exception {
    byte[] ones = filled(1);
    byte[] twos = filled(2);
    blobs().put("k", ones);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer = threads.submit(() -> {
        for (int i = 0; i < 50; i++) {
          blobs().put("k", i % 2 == 0 ? twos : ones);
        }
      });
      while (!writer.isDone()) {
        assertThat(blobs().get("k")).hasValueSatisfying(seen -> assertThat(seen).isIn(ones, twos));
      }
      writer.get();
    }
  }

  @Test
  default void whatIsWrittenPieceByPieceIsReadAgain() {
    blobs().write("large", out -> {
      for (int i = 0; i < 100; i++) {
        out.write(filled(i));
      }
    });
    assertThat(blobs().read("large", in -> in.transferTo(OutputStream.nullOutputStream()))).hasValue(20_000_000L);
    assertThat(blobs().read("large", in -> in.readNBytes(200_001)[200_000])).hasValue((byte) 1);
    assertThat(blobs().read("none", InputStream::readAllBytes)).isEmpty();
  }

  @Test
  default void aWriterThatFailsPutsNothing() {
    blobs().put("k", new byte[] {1});
    assertThatThrownBy(() -> blobs().write("k", out -> {
      out.write(2);
      throw new IllegalStateException("half-way");
    })).hasMessage("half-way");
    assertThat(blobs().get("k")).hasValue(new byte[] {1});
    assertThat(blobs().list("")).containsExactly("k");
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[200_000];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
