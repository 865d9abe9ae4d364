package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {
  @TempDir
  Path directory;

  @Test
  void allServeAndAreFoundAgainAtTheSamePlaces() throws Exception {
    Set<Server> ready = ConcurrentHashMap.newKeySet();
    List<Object> places;
    try (var servers = Servers.start(layout(), (server, after) -> ready.add(server))) {
      places = places(servers);
      assertThat(ready).containsExactlyInAnyOrder(Server.KAFKA, Server.POSTGRES, Server.SOLR);
      assertThat(servers.fault()).isNotDone();
    }
    try (var servers = Servers.start(layout())) {
      assertThat(places(servers)).isEqualTo(places);
    }
  }

  @Test
  void nothingIsReachableForOtherUsersOfTheMachine() throws Exception {
    try (var servers = Servers.start(layout())) {
      assertThat(Files.getPosixFilePermissions(layout().root())).doesNotContain(
          PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_READ,
          PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_READ);
      try (var files = Files.list(layout().root())) {
        assertThat(files.filter(ServersTest::isOpenToOthers)).isEmpty();
      }
      assertThat(servers.redisBinary()).isExecutable();
    }
  }

  @Test
  void aSecondStartOnTheSameFolderIsRefused() {
    try (var servers = Servers.start(layout())) {
      assertThatThrownBy(() -> Servers.start(layout()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll(layout().root().toString(), "in use");
      assertThat(servers.fault()).isNotDone();
    }
  }

  @Test
  void aKeptPortThatIsTakenIsToldWithServerAndFile() throws Exception {
    int port;
    try (var servers = Servers.start(layout())) {
      port = servers.solr().port();
    }
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Servers.start(layout()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll("Port " + taken.getLocalPort(), "solr", "servers.json");
    }
    try (var servers = Servers.start(layout())) {
      assertThat(servers.solr().port()).isEqualTo(port);
    }
  }

  private ServersLayout layout() {
    return new ServersLayout(directory.resolve("offshoot"), SharedServers.binaries(),
        KafkaSettings.defaults().withoutFlush(), PostgresSettings.defaults().withoutFsync());
  }

  private static List<Object> places(Servers servers) {
    return List.of(servers.kafka().bootstrapServers(), servers.postgres().port(), servers.redis().port(),
        servers.solr().baseUrl(), servers.redisPassword(), servers.postgres().adminPassword());
  }

  private static boolean isOpenToOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(right -> !right.name().startsWith("OWNER"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
