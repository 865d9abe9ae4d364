package dev.offshoot.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir
  Path folder;

  @Test
  void onlyTheOwnerCanReadWhatIsInIt() throws IOException {
    DataFolder data = new DataFolder(folder.resolve("data")).prepare();
    data.masterKey();

    try (Stream<Path> all = Files.walk(data.root())) {
      assertThat(all).isNotEmpty().allSatisfy(path -> assertThat(Files.getPosixFilePermissions(path)).isSubsetOf(
          PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    }
  }

  @Test
  void theMasterKeyIsMadeOnceAndLongEnough() {
    DataFolder data = new DataFolder(folder.resolve("data")).prepare();
    String key = data.masterKey();

    assertThat(key).hasSizeGreaterThanOrEqualTo(32);
    assertThat(new DataFolder(folder.resolve("data")).prepare().masterKey()).isEqualTo(key);
  }

  @Test
  void theAddressesOfADeadProcessAreNotThoseOfARunningSystem() {
    DataFolder data = new DataFolder(folder.resolve("data")).prepare();
    long pid = ProcessHandle.current().pid();

    new Addresses(pid, "k", "p", "s", Map.of("shop", "http://x/webhooks/shop"), Map.of()).keep(data.addresses());
    assertThat(Addresses.ofRunning(data)).isPresent();
    new Addresses(Integer.MAX_VALUE, "k", "p", "s", Map.of(), Map.of()).keep(data.addresses());
    assertThat(Addresses.ofRunning(data)).isEmpty();
  }
}
