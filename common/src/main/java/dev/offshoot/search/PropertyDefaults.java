package dev.offshoot.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Solr puts properties of its process and of the core where a file says <code>${name:default}</code>. A branch gets the default, so that
 * nothing of the server can be read out; what has none is refused.
 */
final class PropertyDefaults {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{[A-Za-z0-9_.-]+:([^${}]*)}");

  private PropertyDefaults() {}

  static XmlElement in(String file, XmlElement element) throws RefusedException {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
      attributes.put(attribute.getKey(), replaced(file, element, attribute.getValue()));
    }
    List<XmlElement> children = new ArrayList<>();
    for (XmlElement child : element.children()) {
      children.add(in(file, child));
    }
    return new XmlElement(element.name(), attributes, children, replaced(file, element, element.text()), element.line());
  }

  private static String replaced(String file, XmlElement element, String text) throws RefusedException {
    if (!text.contains("${")) {
      return text;
    }
    String plain = text.contains("$${") ? text : PROPERTY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
    if (plain.contains("${")) {
      throw new RefusedException(new Refusal(file, element.line(), "<" + element.name() + "> needs a property of the server, which branches are"
          + " not told; write the value, or a default as in ${name:value}"));
    }
    return plain;
  }
}
