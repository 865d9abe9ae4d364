package dev.offshoot.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.git.GitRepository.Folder;
import dev.offshoot.git.GitRepository.Glimpse;
import dev.offshoot.git.GitRepository.Look;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.worker.Failure;

class JGitRepositoryTest {
  private static final Folder FOLDER = Folder.itself("db/migration");
  private static final Folder WHOLE = Folder.withAllBelow("db/migration");
  private static final GitRef MAIN = GitRef.ofBranch("main");

  @TempDir
  private Path temporary;
  private SampleRepository sample;
  private JGitRepository repository;

  @BeforeEach
  void create() throws Exception {
    sample = SampleRepository.create(temporary.resolve("shop.git"));
    repository = new JGitRepository(sample.url());
  }

  @AfterEach
  void close() {
    sample.close();
  }

  @Test
  void theTipIsThatOfExactlyTheRef() throws Exception {
    Commit main = sample.commit(MAIN, sample.tree().file("V1__a.sql", "select 1;"));
    Commit other = sample.commit(GitRef.ofBranch("x/main"), sample.tree().file("V1__a.sql", "select 2;"));
    assertThat(repository.tip(MAIN)).hasValue(main);
    assertThat(repository.tip(GitRef.ofBranch("x/main"))).hasValue(other);
    assertThat(repository.tip(GitRef.ofBranch("x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'; DROP DATABASE x;--'\"", "🚀/ünï", "$(touch_pwned)", "-upload-pack=x", "a&b|c;d"})
  void aHostileBranchNameIsOnlyAName(String branch) throws Exception {
    String legal = branch.replace(' ', '_');
    Commit commit = sample.commit(GitRef.ofBranch(legal), sample.tree().file("V1__a.sql", "select 1;"));
    assertThat(repository.tip(GitRef.ofBranch(legal))).hasValue(commit);
    assertThat(repository.files(commit, FOLDER, _ -> true)).hasSize(1);
  }

  @Test
  void filesAreThoseOfTheCommitInTheOrderOfTheirNames() throws Exception {
    Commit first = sample.commit(MAIN, sample.tree().file("V2__b.sql", "select 'é';").file("V1__a.sql", "select 1;"));
    sample.commit(MAIN, sample.tree().file("V1__a.sql", "changed"));
    assertThat(repository.files(first, FOLDER, _ -> true)).containsExactly(
        new SourceFile("db/migration/V1__a.sql", "V1__a.sql", "select 1;"),
        new SourceFile("db/migration/V2__b.sql", "V2__b.sql", "select 'é';"));
  }

  @Test
  void aCommitThatNoBranchReachesIsFetchedWhereTheServerAllows() throws Exception {
    sample.allow("allowAnySHA1InWant");
    Commit lost = sample.commit(MAIN, sample.tree().file("V1__lost.sql", "select 1;"));
    sample.reset(MAIN);
    assertThat(repository.files(lost, FOLDER, _ -> true)).extracting(SourceFile::name).containsExactly("V1__lost.sql");
  }

  @Test
  void aMissingCommitIsInvalidAndSaysSo() throws Exception {
    repository.verify(sample.commit(MAIN, sample.tree().file("V1__a.sql", "select 1;")));
    Commit missing = new Commit("a".repeat(40));
    assertFails(() -> repository.files(missing, FOLDER, _ -> true), Failure.Kind.INVALID, "force-pushed away");
    assertFails(() -> repository.verify(missing), Failure.Kind.INVALID, "force-pushed away");
  }

  @Test
  void whatALocalRepositoryDoesNotGiveOutIsNoStackTraceOnStderr() throws Exception {
    Commit lost = sample.commit(GitRef.ofBranch("lost"), sample.tree().file("V1__lost.sql", "select 0;"));
    sample.reset(GitRef.ofBranch("lost"));
    Commit older = sample.commit(MAIN, sample.tree().file("V1__a.sql", "select 1;"));
    sample.commit(MAIN, sample.tree().file("V1__a.sql", "select 2;"));
    PrintStream stderr = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertFails(() -> repository.files(lost, FOLDER, _ -> true), Failure.Kind.INVALID, "force-pushed away");
      assertFails(() -> repository.files(new Commit("a".repeat(40)), FOLDER, _ -> true), Failure.Kind.INVALID, "force-pushed away");
      assertThat(repository.files(older, FOLDER, _ -> true)).extracting(SourceFile::text).containsExactly("select 1;");
    } finally {
      System.setErr(stderr);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("UploadPack");
  }

  @Test
  void anObjectThatIsNoCommitIsInvalid() throws Exception {
    sample.allow("allowAnySHA1InWant");
    Commit blob = sample.commit(MAIN, sample.tree().file("V1__a.sql", "select 1;"));
    Commit tree = new Commit(sample.treeOf(blob));
    assertFails(() -> repository.files(tree, FOLDER, _ -> true), Failure.Kind.INVALID, "");
  }

  @Test
  void linksSubmodulesAndFoldersAreLeftOut() throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree()
        .file("V1__a.sql", "select 1;")
        .entry("V2__link.sql", FileMode.SYMLINK, "/etc/hostname".getBytes(StandardCharsets.UTF_8))
        .submodule("V3__module.sql")
        .file("V4__folder.sql/V5__inner.sql", "select 5;"));
    assertThat(repository.files(commit, FOLDER, _ -> true)).extracting(SourceFile::name).containsExactly("V1__a.sql");
  }

  @Test
  void allBelowAFolderIsReadWhereItIsAskedFor() throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree()
        .file("V1__a.sql", "select 1;")
        .file("2025/V3__c.sql", "select 3;")
        .file("2025/q1/V2__b.sql", "select 2;")
        .file("2024.sql/V4__d.sql", "select 4;")
        .entry("2025/V5__link.sql", FileMode.SYMLINK, "/etc/hostname".getBytes(StandardCharsets.UTF_8))
        .entry("linked", FileMode.SYMLINK, "/etc".getBytes(StandardCharsets.UTF_8))
        .submodule("module"));
    assertThat(repository.files(commit, WHOLE, name -> !name.equals("2024.sql/V4__d.sql"))).containsExactly(
        new SourceFile("db/migration/2025/V3__c.sql", "2025/V3__c.sql", "select 3;"),
        new SourceFile("db/migration/2025/q1/V2__b.sql", "2025/q1/V2__b.sql", "select 2;"),
        new SourceFile("db/migration/V1__a.sql", "V1__a.sql", "select 1;"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'; DROP TABLE x;--", "a b", "..\\..", "%2e%2e", "$(touch_pwned)", "\u202Egnp", "new\nline", "<img>"})
  void aHostileFolderNameIsOnlyAName(String folder) throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree().file(folder + "/V1__a.sql", "select 1;"));
    assertThat(repository.files(commit, WHOLE, _ -> true))
        .containsExactly(new SourceFile("db/migration/" + folder + "/V1__a.sql", folder + "/V1__a.sql", "select 1;"));
  }

  @Test
  void foldersThatAreNestedTooDeepAreInvalid() throws Exception {
    Commit most = sample.commit(MAIN, sample.tree().file("d/".repeat(FolderWalk.DEEPEST) + "V1__a.sql", "select 1;"));
    assertThat(repository.files(most, WHOLE, _ -> true)).hasSize(1);
    Commit more = sample.commit(MAIN, sample.tree().file("d/".repeat(FolderWalk.DEEPEST + 1) + "V1__a.sql", "select 1;"));
    assertFails(() -> repository.files(more, WHOLE, _ -> true), Failure.Kind.INVALID,
        "'db/migration' has folders that are nested more than 20 deep");
    assertThat(repository.files(more, FOLDER, _ -> true)).isEmpty();
  }

  /** Sixteen folders in each of sixteen, ten deep: a trillion, of ten objects. */
  @Test
  void moreFoldersThanCanBeWalkedThroughAreInvalid() throws Exception {
    Commit commit = sample.commitNested(MAIN, 16, 10);
    assertFails(() -> repository.files(commit, WHOLE, _ -> true), Failure.Kind.INVALID, "has more than 5000 folders in it");
    assertThat(repository.files(commit, FOLDER, _ -> true)).isEmpty();
  }

  @Test
  void tooManyFilesInAllOfTheFoldersAreInvalid() throws Exception {
    SampleRepository.Tree tree = sample.tree();
    for (int i = 0; i <= FolderReader.MOST_FILES; i++) {
      tree.file(i % 7 + "/V" + i + "__x.sql", "");
    }
    Commit commit = sample.commit(MAIN, tree);
    assertFails(() -> repository.files(commit, WHOLE, _ -> true), Failure.Kind.INVALID, "more than 2000 files");
  }

  @Test
  void aFolderThatIsALinkIsNotFollowed() throws Exception {
    Commit commit = sample.commitAtRoot(MAIN, "db", FileMode.SYMLINK, "/etc");
    assertThat(repository.files(commit, FOLDER, _ -> true)).isEmpty();
    assertThat(repository.files(commit, Folder.itself("db"), _ -> true)).isEmpty();
  }

  @Test
  void aCommitWithoutTheFolderHasNoFiles() throws Exception {
    Commit commit = sample.commitAtRoot(MAIN, "README.md", FileMode.REGULAR_FILE, "hello");
    assertThat(repository.files(commit, FOLDER, _ -> true)).isEmpty();
  }

  @Test
  void whatIsNotWantedIsNotRead() throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree()
        .file("V1__a.sql", "select 1;")
        .entry("picture.png", FileMode.REGULAR_FILE, new byte[] {(byte) 0x89, (byte) 0xff}));
    assertThat(repository.files(commit, FOLDER, name -> name.endsWith(".sql"))).hasSize(1);
  }

  @Test
  void whatIsOnlyLookedAtFailsNothing() throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree()
        .file("V1__a.sql", "select 1;")
        .file("V1__a.sql.conf", "executeInTransaction=false")
        .file("2025/V3__b.sql.conf", "executeInTransaction=true")
        .file("flyway.toml", "x".repeat((64 << 10) + 1))
        .entry("flyway.conf", FileMode.REGULAR_FILE, new byte[] {(byte) 0xff})
        .entry("V2__link.sql.conf", FileMode.SYMLINK, "/etc/hostname".getBytes(StandardCharsets.UTF_8)));
    assertThat(repository.glimpses(commit, List.of(new Look(Folder.itself(""), _ -> true),
            new Look(WHOLE, name -> !name.endsWith(".sql")), new Look(Folder.itself("none"), _ -> true))))
        .containsExactly(
            new Glimpse("db/migration/2025/V3__b.sql.conf", "2025/V3__b.sql.conf", Optional.of("executeInTransaction=true")),
            new Glimpse("db/migration/V1__a.sql.conf", "V1__a.sql.conf", Optional.of("executeInTransaction=false")),
            new Glimpse("db/migration/flyway.conf", "flyway.conf", Optional.empty()),
            new Glimpse("db/migration/flyway.toml", "flyway.toml", Optional.empty()));
    Commit root = sample.commitAtRoot(MAIN, "flyway.conf", FileMode.REGULAR_FILE, "flyway.outOfOrder=true");
    assertThat(repository.glimpses(root, List.of(new Look(Folder.itself(""), _ -> true))))
        .containsExactly(new Glimpse("flyway.conf", "flyway.conf", Optional.of("flyway.outOfOrder=true")));
  }

  @Test
  void textThatIsNotUtf8IsInvalid() throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree()
        .entry("V1__latin.sql", FileMode.REGULAR_FILE, new byte[] {'-', '-', (byte) 0xe9}));
    assertFails(() -> repository.files(commit, FOLDER, _ -> true), Failure.Kind.INVALID, "V1__latin.sql' is not UTF-8");
  }

  @Test
  void aFileOverTheLimitIsInvalid() throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree()
        .entry("V1__large.sql", FileMode.REGULAR_FILE, new byte[FolderReader.LARGEST_FILE + 1]));
    assertFails(() -> repository.files(commit, FOLDER, _ -> true), Failure.Kind.INVALID, "larger than 5 MiB");
  }

  @Test
  void tooManyFilesAreInvalid() throws Exception {
    SampleRepository.Tree tree = sample.tree();
    for (int i = 0; i <= FolderReader.MOST_FILES; i++) {
      tree.file("V" + i + "__x.sql", "");
    }
    Commit commit = sample.commit(MAIN, tree);
    assertFails(() -> repository.files(commit, FOLDER, _ -> true), Failure.Kind.INVALID, "more than 2000 files");
  }

  @Test
  void tooMuchTextInAllIsInvalid() throws Exception {
    SampleRepository.Tree tree = sample.tree();
    for (int i = 0; i < 21; i++) {
      tree.entry("V" + i + "__x.sql", FileMode.REGULAR_FILE, new byte[FolderReader.LARGEST_FILE]);
    }
    Commit commit = sample.commit(MAIN, tree);
    assertFails(() -> repository.files(commit, FOLDER, _ -> true), Failure.Kind.INVALID, "100 MiB in all");
  }

  @Test
  void aRepositoryThatIsNotThereIsUnavailable() {
    JGitRepository gone = new JGitRepository(temporary.resolve("gone.git").toString());
    assertFails(() -> gone.tip(MAIN), Failure.Kind.UNAVAILABLE, "gone.git");
    assertFails(() -> gone.files(new Commit("a".repeat(40)), FOLDER, _ -> true), Failure.Kind.UNAVAILABLE, "gone.git");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh"})
  void aServerThatRefusesConnectionsIsUnavailableAndItsPasswordIsNotShown(String protocol) throws Exception {
    JGitRepository closed = new JGitRepository(protocol + "://me:hunter2@127.0.0.1:" + closedPort() + "/shop.git");
    assertThatThrownBy(() -> closed.tip(MAIN))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.UNAVAILABLE))
        .message().doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://hunter2@127.0.0.1:%d/shop.git",
      "https://hunter2:x-oauth-basic@127.0.0.1:%d/shop.git", "ssh://hunter2@127.0.0.1:%d/shop.git"})
  void noTokenIsShown(String url) throws Exception {
    JGitRepository closed = new JGitRepository(url.formatted(closedPort()));
    Failure tip = catchThrowableOfType(Failure.class, () -> closed.tip(MAIN));
    Failure files = catchThrowableOfType(Failure.class,
        () -> closed.files(new Commit("a".repeat(40)), FOLDER, _ -> true));
    assertThat(List.of(tip, files)).allSatisfy(failure -> {
      assertThat(failure).hasMessageNotContaining("hunter2").hasMessageContaining("shop.git");
      if (url.startsWith("https")) {
        assertThat(stackTrace(failure)).doesNotContain("hunter2");
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh"})
  void theNameOfARepositoryIsNoReason(String protocol) throws Exception {
    JGitRepository closed = new JGitRepository(protocol + "://127.0.0.1:" + closedPort() + "/authentication-api.git");
    assertFails(() -> closed.tip(MAIN), Failure.Kind.UNAVAILABLE, "authentication-api.git");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://hunter2@example.org/x", "https://:hunter2@example.org/x", "https://a@hunter2@b/x"})
  void anAddressThatIsRefusedIsNotShown(String url) {
    assertThatThrownBy(() -> new JGitRepository(url)).isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("hunter2"));
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAfterADay() throws Exception {
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    Path old = leftBehind("offshoot-git-1", now.minus(Duration.ofHours(25)));
    Path fresh = leftBehind("offshoot-git-2", now.minus(Duration.ofHours(23)));
    Path other = leftBehind("other", now.minus(Duration.ofHours(25)));
    TemporaryFolder.removeLeftovers(temporary, now);
    assertThat(old).doesNotExist();
    assertThat(fresh).isDirectory();
    assertThat(other).isDirectory();
  }

  private Path leftBehind(String name, Instant at) throws Exception {
    Path folder = Files.createDirectory(temporary.resolve(name));
    Files.writeString(folder.resolve("pack"), "x");
    return Files.setLastModifiedTime(folder, FileTime.from(at));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ext::sh -c touch% /tmp/pwned", "git://example.org/x.git", "ftp://example.org/x", "relative/path",
      "http://example.org/x"})
  void otherProtocolsAreRefused(String url) {
    assertThatThrownBy(() -> new JGitRepository(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMachinesGitConfigurationIsNotRead() throws Exception {
    SystemReader seen = SystemReader.getInstance();
    assertThat(seen.getUserConfig().getSections()).isSubsetOf("http", "filesystem");
    assertThat(seen.getUserConfig().getString("http", null, "followRedirects")).isEqualTo("false");
    assertThat(seen.getSystemConfig().getSections()).isSubsetOf("filesystem");
    assertThat(seen.getenv("GIT_DIR")).isNull();
  }

  @Test
  void nothingIsKeptOnDisk() throws Exception {
    Commit commit = sample.commit(MAIN, sample.tree().file("V1__a.sql", "select 1;"));
    List<String> before = leftovers();
    repository.files(commit, FOLDER, _ -> true);
    assertThat(leftovers()).isEqualTo(before);
  }

  private static List<String> leftovers() {
    String[] names = Path.of(System.getProperty("java.io.tmpdir")).toFile()
        .list((_, name) -> name.startsWith("offshoot-git-"));
    return names == null ? List.of() : List.of(names);
  }

  private static void assertFails(ThrowingCallable call, Failure.Kind kind, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(kind))
        .hasMessageContaining(message);
  }
}
