package dev.offshoot.reporter.html;

import java.util.List;

import dev.offshoot.reporter.text.Visible;

/**
 * Writes HTML. Tags and attribute names come from this package's source; every text and every attribute's value is
 * escaped, and characters that act on what is around them are shown instead.
 */
final class Markup {
  private final StringBuilder out = new StringBuilder();

  /** An attribute of a tag. */
  record Attribute(String name, String value) {}

  static Attribute css(String classes) {
    return new Attribute("class", classes);
  }

  static Attribute attribute(String name, String value) {
    return new Attribute(name, value);
  }

  Markup open(String tag, Attribute... attributes) {
    out.append('<').append(tag);
    for (Attribute attribute : attributes) {
      out.append(' ').append(attribute.name()).append("=\"").append(escaped(attribute.value())).append('"');
    }
    out.append('>');
    return this;
  }

  Markup close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  Markup text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** A whole element with text in it. */
  Markup element(String tag, String text, Attribute... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Text that a branch has a say in, in the font of code. */
  Markup code(String text, Attribute... attributes) {
    return element("code", text, attributes);
  }

  /** A block of code, cut when it is long. */
  Markup block(String code, int most) {
    open("pre").open("code").text(code.substring(0, Math.min(most, code.length()))).close("code").close("pre");
    return code.length() <= most ? this : note((code.length() - most) + " more characters; the JSON has them");
  }

  Markup note(String text) {
    return element("p", text, css("note"));
  }

  /** What an excerpt left out. */
  Markup more(int count) {
    return count == 0 ? this : note(count + " more");
  }

  /** What stands in this package's files. */
  Markup trusted(List<String> lines) {
    lines.forEach(line -> out.append(line).append('\n'));
    return this;
  }

  Markup line() {
    out.append('\n');
    return this;
  }

  static String escaped(String text) {
    return Visible.of(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
