package dev.offshoot.provisioner.postgres.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.offshoot.blob.Blobs;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.provisioner.postgres.server.DatabaseShape;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.wire.Json;
import dev.offshoot.worker.Failure;

/**
 * Archives of databases in the blob store: {@code backups/ENVIRONMENT/iN/FINGERPRINT.dump}, and beside it {@code manifest.json}.
 *
 * <p>Law: the manifest is put last, once a restore was tried, so an archive with one is proved. The names are deterministic: an attempt
 * that was killed is written over by the next.
 */
final class ArchiveStore {
  private static final String MANIFEST = "manifest.json";
  private static final Pattern KEY = Pattern.compile("backups/[a-z0-9-]+/i([1-9][0-9]{0,5})/manifest\\.json");
  private static final int FINGERPRINT_LENGTH = 16;

  private final Blobs blobs;

  ArchiveStore(Blobs blobs) {
    this.blobs = blobs;
  }

  /** What is known of an archive. */
  record Manifest(Owner owner, BackupReceipt receipt, DatabaseShape shape) {}

  /**
   * What lies in the store, as it was read again.
   *
   * @param checksum SHA-256 in hex digits
   */
  record Content(long bytes, String checksum) {}

  static String key(Owner owner, String fingerprint) {
    return folder(owner) + fingerprint.substring(0, Math.min(FINGERPRINT_LENGTH, fingerprint.length())) + ".dump";
  }

  private static String folder(Owner owner) {
    return "backups/" + owner.environment().folder() + "/i" + owner.incarnation() + "/";
  }

  /** Puts a file, and reads it again. */
  Content put(String key, Path file) {
    blobs.write(key, out -> Files.copy(file, out));
    return content(key).orElseThrow(() -> new Failure(Failure.Kind.UNAVAILABLE, "The blob " + key + " is gone right after it was written"));
  }

  /** Reads all of it. */
  Optional<Content> content(String key) {
    return blobs.read(key, in -> hashed(in, OutputStream.nullOutputStream()));
  }

  /** Copies it to a file. */
  Optional<Content> fetch(String key, Path file) {
    return blobs.read(key, in -> {
      try (OutputStream out = Files.newOutputStream(file)) {
        return hashed(in, out);
      }
    });
  }

  private static Content hashed(InputStream in, OutputStream out) throws IOException {
    try {
      DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      long bytes = digest.transferTo(out);
      return new Content(bytes, HexFormat.of().formatHex(digest.getMessageDigest().digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  void publish(Manifest manifest) {
    try {
      blobs.put(folder(manifest.owner()) + MANIFEST, Json.mapper().writeValueAsBytes(manifest));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest can be written as JSON", e);
    }
  }

  Optional<Manifest> manifest(Owner owner) {
    String key = folder(owner) + MANIFEST;
    return blobs.get(key).map(bytes -> {
      try {
        return Json.mapper().readValue(new String(bytes, StandardCharsets.UTF_8), Manifest.class);
      } catch (JsonProcessingException e) {
        throw new Failure(Failure.Kind.INVALID, "The blob " + key + " is no manifest any more: " + e.getOriginalMessage()
            + ". Put it back as it was, or remove it and ask again", e);
      }
    }).filter(manifest -> manifest.owner().equals(owner));
  }

  /** The manifest goes first: what is left without one counts as nothing. */
  void remove(Owner owner) {
    blobs.delete(folder(owner) + MANIFEST);
    blobs.list(folder(owner)).forEach(blobs::delete);
  }

  /** Those of an environment that are proved. */
  List<Owner> list(RepositoryKey repository, EnvironmentId environment) {
    return blobs.list("backups/" + environment.folder() + "/").stream().map(KEY::matcher).filter(Matcher::matches)
        .map(matcher -> new Owner(repository, environment, new Incarnation(Integer.parseInt(matcher.group(1))))).toList();
  }
}
