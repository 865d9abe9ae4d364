package dev.offshoot.embedded.githost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a played host knows of its one repository. */
final class Forge {
  private final List<Pull> pulls = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private boolean repeatsPages;

  /** How far a change has come. */
  enum State {
    OPEN,
    MERGED,
    CLOSED
  }

  /** @param fork whether its branch is one of somebody else's repository */
  record Pull(long number, String branch, boolean fork, State state) {}

  /**
   * A comment.
   *
   * @param id counted over all changes, as is the thread it stands in
   * @param version counted from 0
   */
  record Note(long id, long pull, String author, String text, int version) {}

  /** A status of a commit. */
  record Mark(String commit, String context, String state, String line, String link) {}

  synchronized long open(String branch, boolean fork) {
    long number = pulls.size() + 1L;
    pulls.add(new Pull(number, branch, fork, State.OPEN));
    return number;
  }

  synchronized void move(long number, State state) {
    pulls.replaceAll(pull -> pull.number() == number ? new Pull(number, pull.branch(), pull.fork(), state) : pull);
  }

  synchronized void remove(long number) {
    pulls.removeIf(pull -> pull.number() == number);
  }

  /** The newest first. */
  synchronized List<Pull> pulls(Predicate<Pull> which) {
    return pulls.stream().filter(which).toList().reversed();
  }

  boolean has(long number) {
    return !pulls(pull -> pull.number() == number).isEmpty();
  }

  synchronized Note say(long pull, String author, String text) {
    Note note = new Note(notes.size() + 1L, pull, author, text, 0);
    notes.add(note);
    return note;
  }

  synchronized Optional<Note> edit(long id, String text) {
    notes.replaceAll(note -> note.id() == id ? new Note(id, note.pull(), note.author(), text, note.version() + 1) : note);
    return notes.stream().filter(note -> note.id() == id).findFirst();
  }

  /** The oldest first. */
  synchronized List<Note> notes(long pull) {
    return notes.stream().filter(note -> note.pull() == pull).toList();
  }

  synchronized void mark(Mark mark) {
    marks.add(mark);
  }

  /** The newest first. */
  synchronized List<Mark> marks(String commit) {
    return marks.stream().filter(mark -> mark.commit().equals(commit)).toList().reversed();
  }

  synchronized Optional<Mark> mark(String commit, String context) {
    return marks(commit).stream().filter(mark -> mark.context().equals(context)).findFirst();
  }

  synchronized void repeatPages() {
    repeatsPages = true;
  }

  /** Part of a list, from this place on. */
  synchronized <T> Slice<T> slice(List<T> all, int from, int size) {
    int begin = Math.min(repeatsPages ? 0 : from, all.size());
    int end = Math.min(begin + size, all.size());
    return new Slice<>(all.subList(begin, end), repeatsPages || end < all.size());
  }

  /** @param goesOn whether more is said to follow */
  record Slice<T>(List<T> items, boolean goesOn) {}
}
