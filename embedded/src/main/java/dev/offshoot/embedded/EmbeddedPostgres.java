package dev.offshoot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.offshoot.process.Child;
import dev.offshoot.process.OwnerOnly;

/** A PostgreSQL server, a child of this JVM. */
public final class EmbeddedPostgres implements ServerProcess {
  /** The artifact's version; part of the folder's name, so that a newer one unpacks beside it. */
  private static final String UNPACKED = "postgresql-18.6";

  private final DirectoryLock lock;
  private final Postmaster postmaster;
  private final int port;
  private final String password;
  private Optional<Child> running;

  private EmbeddedPostgres(DirectoryLock lock, Postmaster postmaster, int port, String password, Child child) {
    this.lock = lock;
    this.postmaster = postmaster;
    this.port = port;
    this.password = password;
    this.running = Optional.of(child);
  }

  /** Returns when it takes connections. What the folder holds is kept, also when the port differs from the last one. */
  public static EmbeddedPostgres start(Path directory, int port, PostgresSettings settings) {
    Path own = directory.toAbsolutePath().normalize();
    DirectoryLock lock = DirectoryLock.of(own);
    try {
      var files = new PostgresFiles(own);
      Path programs = Binaries.unpackArchive(
          "/postgres-linux-x86_64.txz", settings.binaries().orElse(own.resolve("binaries")), UNPACKED);
      OwnerOnly.createFile(files.log());
      String password = files.password();
      var postmaster = new Postmaster(files, programs.toAbsolutePath(), port, settings);
      Child child = postmaster.start();
      return new EmbeddedPostgres(lock, postmaster, port, password, child);
    } catch (IOException e) {
      lock.close();
      throw new UncheckedIOException("PostgreSQL can't be started in " + directory, e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  /** For {@link java.sql.DriverManager}; the name goes into the URL as it is. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A superuser; its home is the database of the same name. */
  public String adminUser() {
    return Postmaster.ADMIN;
  }

  public String adminPassword() {
    return password;
  }

  /** Of the running server. */
  public synchronized long pid() {
    return running.orElseThrow(() -> new IllegalStateException("PostgreSQL is stopped")).pid();
  }

  /** Disconnects everyone and ends the server; {@link #resume()} starts it again on the same port. */
  public synchronized void stop() {
    running.ifPresent(Postmaster::stop);
    running = Optional.empty();
  }

  @Override
  public synchronized CompletableFuture<Integer> died() {
    Child watched = running.orElseThrow(() -> new IllegalStateException("PostgreSQL is stopped"));
    return watched.endedWhile(() -> isOurs(watched));
  }

  /** Not any more once it was stopped: that holds the lock until the process is gone. */
  private synchronized boolean isOurs(Child child) {
    return running.filter(child::equals).isPresent();
  }

  @Override
  public synchronized void resume() {
    if (running.filter(Child::isAlive).isPresent()) {
      return;
    }
    try {
      running = Optional.of(postmaster.start());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL can't be started again", e);
    }
  }

  @Override
  public void close() {
    stop();
    lock.close();
  }
}
