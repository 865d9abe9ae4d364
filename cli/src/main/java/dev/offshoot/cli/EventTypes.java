package dev.offshoot.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.offshoot.event.Message;
import dev.offshoot.wire.EventType;

/** The types of event that a person wants to see; none for all. */
record EventTypes(Set<EventType> types) {
  EventTypes {
    types = Set.copyOf(types);
  }

  /** @throws WrongUsage when a name is no type */
  static EventTypes named(List<String> names) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : names) {
      types.add(Arrays.stream(EventType.values())
          .filter(type -> type.shortName().equalsIgnoreCase(name) || type.typeName().equals(name))
          .findFirst()
          .orElseThrow(() -> new WrongUsage("There is no event '" + name + "'; there are "
              + Arrays.stream(EventType.values()).map(EventType::shortName).collect(Collectors.joining(", ")))));
    }
    return new EventTypes(types);
  }

  boolean includes(Message message) {
    return types.isEmpty() || types.contains(EventType.of(message.event()));
  }
}
