package dev.offshoot.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;

class AncestryTest {
  private static final GitRef BRANCH = GitRef.ofBranch("feature/x");

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

  private List<Commit> commits(int count, String content) throws Exception {
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commits.add(sample.commit(BRANCH, sample.tree().file("V1__a.sql", content + i)));
    }
    return commits;
  }

  @Test
  void commitsOnTopRewriteNothing() throws Exception {
    List<Commit> commits = commits(30, "select ");

    assertThat(repository.rewritten(commits.get(28), commits.get(29))).contains(false);
    assertThat(repository.rewritten(commits.get(2), commits.get(29))).as("further back than is read at first").contains(false);
  }

  @Test
  void aBranchThatWasRebasedOrSetBackWasRewritten() throws Exception {
    List<Commit> before = commits(4, "select ");
    sample.move(BRANCH, before.get(1));
    assertThat(repository.rewritten(before.get(3), before.get(1))).contains(true);

    List<Commit> after = commits(2, "insert ");

    assertThat(repository.rewritten(before.get(3), after.get(1))).contains(true);
  }

  @Test
  void aForkOfALongHistoryIsFoundWhereTheServerGivesOutWhatNoRefLeadsTo() throws Exception {
    List<Commit> before = commits(40, "select ");
    sample.move(BRANCH, before.get(38));
    Commit after = commits(1, "insert ").getFirst();

    assertThat(repository.rewritten(before.get(39), after)).contains(true);
    sample.allow("allowAnySHA1InWant");
    assertThat(repository.rewritten(before.get(39), after)).contains(true);
  }

  @Test
  void aServerThatCanLeaveFilesOutIsAskedTo() throws Exception {
    sample.allow("allowFilter");
    List<Commit> before = commits(30, "select ");
    sample.move(BRANCH, before.get(27));
    Commit after = commits(1, "insert ").getFirst();

    assertThat(repository.rewritten(before.get(3), after)).contains(false);
    assertThat(repository.rewritten(before.get(29), after)).contains(true);
  }

  @Test
  void whatCannotBeReadIsNotSaid() throws Exception {
    Commit only = commits(1, "select ").getFirst();

    assertThat(repository.rewritten(only, new Commit("e".repeat(40)))).isEmpty();
    assertThat(new JGitRepository(temporary.resolve("none").toUri().toString()).rewritten(only, only)).isEmpty();
  }
}
