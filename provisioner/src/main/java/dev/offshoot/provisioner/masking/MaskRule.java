package dev.offshoot.provisioner.masking;

/** What becomes of the values of a column or field. An absent value stays absent. */
public sealed interface MaskRule {

  /** They are left as they are. */
  record Clear() implements MaskRule {}

  /** They are removed. */
  record Null() implements MaskRule {}

  /** The same value always becomes the same digits, in every table and field of the repository, which nobody without the key can undo. */
  record Hash() implements MaskRule {}

  /** {@code user-} and digits as of {@link Hash}, {@code @example.invalid}. */
  record Email() implements MaskRule {}

  /** A first and a last name from a list; several values may get the same. */
  record Name() implements MaskRule {}

  /** All become this one. */
  record Fixed(String value) implements MaskRule {}

  /** What an SQL expression over the row's columns gives. */
  record Expression(String sql) implements MaskRule {}

  default boolean isMask() {
    return !(this instanceof Clear);
  }
}
