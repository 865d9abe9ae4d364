package dev.offshoot.ingest.delivery;

import java.util.Optional;

/** The headers of a delivery. */
@FunctionalInterface
public interface Headers {

  /** The first value of a header, whatever the case of its name; empty when it is absent or blank. */
  Optional<String> first(String name);
}
