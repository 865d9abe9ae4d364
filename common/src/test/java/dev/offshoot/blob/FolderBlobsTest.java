package dev.offshoot.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobsTest implements BlobsContract {
  @TempDir
  private Path temporary;
  private Path folder;
  private FolderBlobs blobs;

  @BeforeEach
  void open() {
    folder = temporary.resolve("blobs");
    blobs = new FolderBlobs(folder);
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Test
  void nothingIsReadableByOthers() throws IOException {
    blobs.put("reports/x.md", new byte[] {1});
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("reports"))).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("reports/x.md"))).isEqualTo("rw-------");
  }

  @Test
  void aDraftLeftByACrashIsNotListed() throws IOException {
    blobs.put("a", new byte[0]);
    Files.writeString(folder.resolve("b~123"), "half");
    assertThat(blobs.list("")).containsExactly("a");
  }

  @Test
  void aDraftLeftByACrashGoesWhenItsBlobIsWrittenAgain() throws IOException {
    Files.writeString(folder.resolve("b~123"), "half");
    Files.writeString(folder.resolve("bb~123"), "another's");
    blobs.put("b", new byte[] {7});
    assertThat(folder.resolve("b~123")).doesNotExist();
    assertThat(folder.resolve("bb~123")).exists();
  }

  @Test
  void blobsAreFoundAgainAfterARestart() {
    blobs.put("a/b", new byte[] {7});
    assertThat(new FolderBlobs(folder).get("a/b")).hasValue(new byte[] {7});
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
