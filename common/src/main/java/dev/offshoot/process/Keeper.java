package dev.offshoot.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes for others that come and go, so that they end with this process: a worker that is started again
 * finds its servers running.
 *
 * <p>Listens on a socket in a folder that only its owner can enter, and starts one program only: who may ask can ask for
 * nothing else.
 */
public final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  /** A longer path is cut off by the kernel (unix(7)). */
  private static final int LONGEST_ADDRESS = 100;
  private static final int LONGEST_ASK = 1 << 20;
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final ServerSocketChannel channel;
  private final Path address;
  private final Path program;
  private final Collection<Child> children = new ConcurrentLinkedQueue<>();
  private boolean closed;

  private Keeper(ServerSocketChannel channel, Path address, Path program) {
    this.channel = channel;
    this.address = address;
    this.program = program;
  }

  /** Where to listen: in the folder, which is nobody else's, or elsewhere when its path is too long for a socket. */
  public static Path addressIn(Path folder) {
    try {
      Path own = OwnerOnly.createDirectory(folder).resolve("keeper");
      return own.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_ADDRESS ? own
          : Files.createTempDirectory("offshoot").resolve("keeper");
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " can't be used", e);
    }
  }

  /**
   * @param address of {@link #addressIn}
   * @param program what may be started
   */
  public static Keeper listen(Path address, Path program) {
    try {
      Files.deleteIfExists(address);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(address));
      Keeper keeper = new Keeper(channel, address, program);
      Thread.ofPlatform().daemon().name("keeper").start(keeper::answerAll);
      return keeper;
    } catch (IOException e) {
      throw new UncheckedIOException("Nobody can listen at " + address + " for what is to be started", e);
    }
  }

  private void answerAll() {
    while (channel.isOpen()) {
      try {
        SocketChannel asker = channel.accept();
        Thread.ofVirtual().name("keeper-answer").start(() -> answer(asker));
      } catch (ClosedChannelException ended) {
        return;
      } catch (IOException e) {
        LOG.warn("Somebody who wanted a process started was not heard", e);
      }
    }
  }

  private void answer(SocketChannel asker) {
    try (asker) {
      String ask = new String(Channels.newInputStream(asker).readNBytes(LONGEST_ASK), StandardCharsets.UTF_8);
      String answer = KeeperTalk.text(answer(KeeperTalk.ask(ask)));
      Channels.newOutputStream(asker).write(answer.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("Somebody who wanted a process started got no answer", e);
    }
  }

  private KeeperTalk.Answer answer(KeeperTalk.Ask ask) {
    if (ask.order().isEmpty()) {
      return new KeeperTalk.Answer.Runs(RunningProcess.current());
    }
    KeeperTalk.Order order = ask.order().get();
    if (!order.command().command().getFirst().equals(program.toString())) {
      return new KeeperTalk.Answer.Refused("The keeper starts " + program + " and nothing else");
    }
    try {
      return start(order);
    } catch (UncheckedIOException e) {
      return new KeeperTalk.Answer.Refused(e.getMessage() + ": " + e.getCause());
    }
  }

  private synchronized KeeperTalk.Answer start(KeeperTalk.Order order) {
    if (closed) {
      return new KeeperTalk.Answer.Refused("The keeper ends");
    }
    children.removeIf(child -> !child.isAlive());
    Child child = ProcessSpawner.ofThisJvm().start(order.command(), order.stdin());
    children.add(child);
    return new KeeperTalk.Answer.Runs(child.identity());
  }

  /** Ends everything that it has started; returns when that is gone. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      channel.close();
      Files.deleteIfExists(address);
    } catch (IOException e) {
      LOG.warn("The socket {} is left behind", address, e);
    }
    children.parallelStream().forEach(child -> child.stop(Signal.TERM, GRACE));
  }
}
