package dev.offshoot.proof.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a resource tells: {@code shop_new_cool_page_k3v7q2x4ma_i2}, with a prefix while it is made ({@code t_}), closed
 * ({@code r_}) or kept ({@code retained_}).
 *
 * @param hash the end of its environment's name
 */
record Named(Form form, String hash, long incarnation) {
  private static final Pattern NAME = Pattern.compile("(t_|r_|retained_)?.*_([a-z2-7]{10})_i([1-9][0-9]{0,5})");
  private static final Pattern EPOCH = Pattern.compile("(t_)?.*_([a-z2-7]{10})_(e[0-9]{15})(_ref|_his)?");
  private static final Pattern SLOT = Pattern.compile("(t_)?pool_.*_([a-z2-7]{10})_(e[0-9]{15})_[1-9][0-9]?");

  private static final Pattern REHEARSAL = Pattern.compile("(t_)?.*_[a-z2-7]{10}_r([a-z2-7]{10})_i([1-9][0-9]{0,5})");

  /** How far its making or its removal has come. */
  enum Form {
    UNFINISHED,
    STANDING,
    CLOSED,
    KEPT
  }

  /** The incarnation a name is of. */
  static Optional<Named> of(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Form form = switch (Optional.ofNullable(matcher.group(1)).orElse("")) {
      case "t_" -> Form.UNFINISHED;
      case "r_" -> Form.CLOSED;
      case "retained_" -> Form.KEPT;
      default -> Form.STANDING;
    };
    return Optional.of(new Named(form, matcher.group(2), Long.parseLong(matcher.group(3))));
  }

  /**
   * What an epoch keeps.
   *
   * @param epoch its id
   */
  record OfEpoch(boolean finished, String hash, String epoch) {}

  static Optional<OfEpoch> ofEpoch(String name) {
    Matcher matcher = EPOCH.matcher(name);
    return matcher.matches()
        ? Optional.of(new OfEpoch(matcher.group(1) == null, matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** A rehearsal's database, or its role; the hash is the rehearsal's. */
  static Optional<Named> ofRehearsal(String name) {
    Matcher matcher = REHEARSAL.matcher(name);
    return matcher.matches()
        ? Optional.of(new Named(matcher.group(1) == null ? Form.STANDING : Form.UNFINISHED, matcher.group(2), Long.parseLong(matcher.group(3))))
        : Optional.empty();
  }

  /** A database that stands ready for an environment, or its role: made of what an epoch keeps. */
  static Optional<OfEpoch> ofSlot(String name) {
    Matcher matcher = SLOT.matcher(name);
    return matcher.matches()
        ? Optional.of(new OfEpoch(matcher.group(1) == null, matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  boolean isOf(String environment) {
    return environment.endsWith("-" + hash);
  }
}
