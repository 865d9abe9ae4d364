package dev.offshoot.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of a checked file.
 *
 * @param attributes in their order
 * @param text what stands directly in it, without blanks at both ends
 * @param line where it begins, from 1
 */
public record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children, String text, int line) {
  public XmlElement {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
  }

  public Optional<String> attribute(String wanted) {
    return Optional.ofNullable(attributes.get(wanted));
  }

  /** Its own children of this name. */
  public Stream<XmlElement> children(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted));
  }

  /** Itself, then all below it, in the order of the file. */
  public Stream<XmlElement> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
  }

  XmlElement withChildren(List<XmlElement> others) {
    return new XmlElement(name, attributes, others, text, line);
  }

  XmlElement plus(XmlElement child) {
    List<XmlElement> more = new ArrayList<>(children);
    more.add(child);
    return withChildren(more);
  }

  static XmlElement of(String name, Map<String, String> attributes) {
    return new XmlElement(name, attributes, List.of(), "", 0);
  }
}
