package dev.offshoot.search;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a stranger's XML into a tree of plain elements, and writes such a tree. No document type, no entity but XML's own five, no namespace
 * (so no XInclude), no processing instruction; bounded in depth and number.
 */
final class SafeXml {
  private static final int DEEPEST = 32;
  private static final int MOST_ELEMENTS = 50_000;

  private final String file;
  private final Deque<Open> open = new ArrayDeque<>();
  private int elements;

  private SafeXml(String file) {
    this.file = file;
  }

  /** An element whose end has not been read. */
  private record Open(String name, Map<String, String> attributes, List<XmlElement> children, StringBuilder text, int line) {
    XmlElement closed() {
      return new XmlElement(name, attributes, children, text.toString().strip(), line);
    }
  }

  static XmlElement read(String file, String text) throws RefusedException {
    SafeXml reading = new SafeXml(file);
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
      try {
        return reading.root(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
      throw new RefusedException(new Refusal(file, line, "it is not well-formed XML, or needs a document type: " + brief(e)));
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("nothing outside the file is read");
    });
    return factory;
  }

  private static String brief(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int said = message.indexOf("Message: ");
    String said1 = (said < 0 ? message : message.substring(said + 9)).replaceAll("\\s+", " ");
    return said1.substring(0, Math.min(200, said1.length()));
  }

  private XmlElement root(XMLStreamReader reader) throws XMLStreamException, RefusedException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> begin(reader);
        case XMLStreamConstants.END_ELEMENT -> {
          XmlElement closed = open.removeLast().closed();
          if (open.isEmpty()) {
            end(reader);
            return closed;
          }
          open.getLast().children().add(closed);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!open.isEmpty()) {
            open.getLast().text().append(reader.getText());
          }
        }
        case XMLStreamConstants.COMMENT -> { }
        default -> throw refused(reader, foreign(reader.getEventType()));
      }
    }
    throw refused(reader, "it has no element");
  }

  /** What follows the root may be comments only; a second look, since a parser need not be asked for it. */
  private void end(XMLStreamReader reader) throws XMLStreamException, RefusedException {
    while (reader.hasNext()) {
      int next = reader.next();
      if (next != XMLStreamConstants.COMMENT && next != XMLStreamConstants.SPACE && next != XMLStreamConstants.CHARACTERS
          && next != XMLStreamConstants.END_DOCUMENT) {
        throw refused(reader, foreign(next));
      }
    }
  }

  private static String foreign(int event) {
    return switch (event) {
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.ENTITY_DECLARATION,
          XMLStreamConstants.NOTATION_DECLARATION ->
          "a document type or an entity, which can read files and reach other hosts; write what it stands for instead";
      case XMLStreamConstants.PROCESSING_INSTRUCTION -> "a processing instruction; remove it";
      default -> "XML that is not expected there; remove it";
    };
  }

  private void begin(XMLStreamReader reader) throws RefusedException {
    elements++;
    if (open.size() >= DEEPEST || elements > MOST_ELEMENTS) {
      throw refused(reader, "more than " + DEEPEST + " elements within each other, or " + MOST_ELEMENTS + " in all");
    }
    if (reader.getNamespaceCount() > 0 || isNamed(reader.getPrefix()) || isNamed(reader.getNamespaceURI())) {
      throw refused(reader, "<" + reader.getLocalName() + "> has a namespace, as XInclude has; remove it, and what it includes is written here");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (isNamed(reader.getAttributePrefix(i))) {
        throw refused(reader, "the attribute " + reader.getAttributeLocalName(i) + " has a namespace; remove it");
      }
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    open.addLast(new Open(reader.getLocalName(), attributes, new ArrayList<>(), new StringBuilder(), reader.getLocation().getLineNumber()));
  }

  private static boolean isNamed(@org.jspecify.annotations.Nullable String name) {
    return name != null && !name.isEmpty();
  }

  private RefusedException refused(XMLStreamReader reader, String what) {
    return new RefusedException(new Refusal(file, Math.max(1, reader.getLocation().getLineNumber()), what));
  }

  static String write(XmlElement root) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write(root, "", out);
    return out.toString();
  }

  private static void write(XmlElement element, String indent, StringBuilder out) {
    out.append(indent).append('<').append(element.name());
    element.attributes().forEach((name, value) -> out.append(' ').append(name).append("=\"").append(escaped(value)).append('"'));
    if (element.children().isEmpty()) {
      out.append('>').append(escaped(element.text())).append("</").append(element.name()).append(">\n");
      return;
    }
    out.append(">\n");
    if (!element.text().isEmpty()) {
      out.append(escaped(element.text())).append('\n');
    }
    element.children().forEach(child -> write(child, indent + "  ", out));
    out.append(indent).append("</").append(element.name()).append(">\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
        .replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;");
  }
}
