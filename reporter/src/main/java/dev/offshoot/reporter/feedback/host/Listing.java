package dev.offshoot.reporter.feedback.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.worker.Failure;

/** Lists that a host hands out page by page. A host that hands out the same page again has come to its end. */
public final class Listing {
  private static final int MOST_PAGES = 40;

  private Listing() {}

  /**
   * @param items as they came
   * @param next how the host calls the page behind this one; empty at the end
   */
  public record Page(List<JsonNode> items, Optional<String> next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /** Reads one page. */
  public interface Pages {
    Page at(String name) throws InterruptedException;
  }

  /**
   * All of it, each once.
   *
   * @param id what tells two items apart
   * @throws Failure that is permanent when it has too many pages: of a part nobody can say what is not in it
   */
  public static List<JsonNode> all(String first, String id, Pages pages) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    if (!read(first, id, pages, MOST_PAGES, all)) {
      throw new Failure(Failure.Kind.INVALID, "The git host lists more than " + all.size()
          + " comments of the change; ours is not looked for among so many");
    }
    return all;
  }

  /** What stands on so many pages. */
  public static List<JsonNode> beginning(String first, String id, Pages pages, int most) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    read(first, id, pages, most, all);
    return all;
  }

  /** Whether it came to the end. */
  private static boolean read(String first, String id, Pages pages, int most, List<JsonNode> all) throws InterruptedException {
    Set<String> seen = new HashSet<>();
    Optional<String> next = Optional.of(first);
    for (int i = 0; i < most && next.isPresent(); i++) {
      Page page = pages.at(next.get());
      int before = all.size();
      page.items().stream().filter(item -> seen.add(item.path(id).asText())).forEach(all::add);
      next = all.size() > before ? page.next() : Optional.empty();
    }
    return next.isEmpty();
  }

  /** Pages that are numbered from 1, of a host that fills each but the last. */
  public static Page numbered(String number, List<JsonNode> items, int full) {
    return new Page(items, items.size() < full ? Optional.empty() : Optional.of(next(number)));
  }

  public static String next(String number) {
    return Integer.toString(Integer.parseInt(number) + 1);
  }
}
