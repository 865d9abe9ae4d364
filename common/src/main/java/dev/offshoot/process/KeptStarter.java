package dev.offshoot.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What it starts ends with the process of a {@link Keeper}, not with this one.
 *
 * @param keeper where it listens
 */
public record KeptStarter(Path keeper) implements Starter {

  @Override
  public RunningProcess start(ChildCommand command, String stdin) {
    return switch (ask(new KeeperTalk.Ask(Optional.of(new KeeperTalk.Order(command, stdin))))) {
      case KeeperTalk.Answer.Runs(RunningProcess process) -> process;
      case KeeperTalk.Answer.Refused(String why) -> throw new UncheckedIOException(new IOException(why));
    };
  }

  @Override
  public Optional<RunningProcess> bond() {
    return switch (ask(new KeeperTalk.Ask(Optional.empty()))) {
      case KeeperTalk.Answer.Runs(RunningProcess self) -> Optional.of(self);
      case KeeperTalk.Answer.Refused(String why) -> throw new UncheckedIOException(new IOException(why));
    };
  }

  private KeeperTalk.Answer ask(KeeperTalk.Ask question) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(keeper));
      Channels.newOutputStream(channel).write(KeeperTalk.text(question).getBytes(StandardCharsets.UTF_8));
      channel.shutdownOutput();
      return KeeperTalk.answer(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Nobody answers at " + keeper
          + ", where `offshoot up` keeps servers; it has ended, or stores.redis.keeper is wrong", e);
    }
  }
}
