package dev.offshoot.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.CommitPrefix;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.FacetName;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

/**
 * Generates any value that can stand on a topic from the shape of its record, so that a new event, facet or field is tested without
 * anybody's doing. A component of a type without a generator fails the test that meets it.
 */
final class ContractValues {
  private static final Arbitrary<String> TEXTS = Arbitraries.strings().all().ofMaxLength(20);
  private static final Arbitrary<Instant> INSTANTS =
      Arbitraries.longs().between(0, 4_000_000_000_000_000L).map(micros -> Instant.EPOCH.plusNanos(micros * 1_000));
  private static final Map<Class<?>, Arbitrary<?>> LEAVES = Map.ofEntries(
      Map.entry(String.class, TEXTS),
      Map.entry(boolean.class, Arbitraries.of(true, false)),
      Map.entry(Boolean.class, Arbitraries.of(true, false)),
      Map.entry(int.class, Arbitraries.integers().between(1, 65_535)),
      Map.entry(Integer.class, Arbitraries.integers().between(1, 65_535)),
      Map.entry(Long.class, Arbitraries.longs().greaterOrEqual(0)),
      Map.entry(long.class, Arbitraries.longs().greaterOrEqual(0)),
      Map.entry(Instant.class, INSTANTS),
      Map.entry(Duration.class, Arbitraries.longs().between(0, 1L << 50).map(Duration::ofNanos)),
      Map.entry(Commit.class, Arbitraries.strings().withChars("0123456789abcdef").ofLength(40)
          .filter(Commit::isCommit).map(Commit::new)),
      Map.entry(CommitPrefix.class, Arbitraries.strings().withChars("0123456789abcdef").ofMinLength(12).ofMaxLength(64)
          .filter(CommitPrefix::isPrefix).map(CommitPrefix::new)),
      Map.entry(EnvironmentId.class, Arbitraries.of("new-cool-page-k3v7q2x4ma", "a-aaaaaaaaaa").map(EnvironmentId::new)),
      Map.entry(GitRef.class, Arbitraries.of("refs/heads/main", "refs/heads/feature/new_cool_page",
          "refs/heads/'; DROP DATABASE x;--",
          "refs/heads/" + "🦊".repeat(62), "refs/tags/v1").map(GitRef::new)),
      Map.entry(RepositoryKey.class, Arbitraries.of("shop", "a", "0", "x-" + "y".repeat(38)).map(RepositoryKey::new)),
      Map.entry(Incarnation.class, Arbitraries.integers().between(1, 999_999).map(Incarnation::new)),
      Map.entry(EpochId.class, Arbitraries.strings().numeric().ofLength(15).map(digits -> new EpochId("e" + digits))));

  private final boolean sparse;

  private ContractValues(boolean sparse) {
    this.sparse = sparse;
  }

  /** A message with nothing that is optional and one element in each list. */
  static Message sample(EventType type) {
    return new ContractValues(true).message(type).sample();
  }

  /** A facet with nothing that is optional and one element in each list. */
  static Facet sample(FacetName name) {
    return (Facet) new ContractValues(true).record(StateCodec.type(name)).sample();
  }

  /** Values of a record that is neither event nor facet. */
  static <T> Arbitrary<T> of(Class<T> type) {
    return new ContractValues(false).record(type).map(type::cast);
  }

  /** One with nothing that is optional and one element in each list. */
  static <T> T sample(Class<T> type) {
    return type.cast(new ContractValues(true).record(type).sample());
  }

  /** Messages whose event is of this type, with the envelope a worker would give them. */
  static Arbitrary<Message> messages(EventType type) {
    return new ContractValues(false).message(type);
  }

  private Arbitrary<Message> message(EventType type) {
    Arbitrary<EventId> ids = Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(200)
        .map(EventId::new);
    Arbitrary<Map<FacetName, Long>> facets =
        sparse
            ? Arbitraries.just(Map.of())
            : Arbitraries.maps(Arbitraries.of(FacetName.class), Arbitraries.longs().greaterOrEqual(1));
    Arbitrary<EventSource> sources = Arbitraries.of("/offshoot/provisioner", "/offshoot/webhooks/shop")
        .map(EventSource::new);
    return Combinators.combine(ids, sources, INSTANTS, optional(ids), facets,
            generator(type.event()).map(Event.class::cast))
        .as((id, source, time, cause, versions, event) -> new Message(id, source, time, environment(event), cause,
            UUID.nameUUIDFromBytes(id.value().getBytes(StandardCharsets.UTF_8)), sequence(event), versions, event));
  }

  private static EnvironmentId environment(Event event) {
    return switch (event) {
      case Request request -> request.origin().environment();
      case LifecycleEvent happened -> happened.subject().origin().environment();
    };
  }

  private static long sequence(Event event) {
    return switch (event) {
      case Request _ -> 0;
      case LifecycleEvent _ -> 7;
    };
  }

  /** Facets of this name. */
  static Arbitrary<Facet> facets(FacetName name) {
    return new ContractValues(false).record(StateCodec.type(name)).map(Facet.class::cast);
  }

  private <T> Arbitrary<Optional<T>> optional(Arbitrary<T> values) {
    return sparse ? Arbitraries.just(Optional.empty()) : values.optional();
  }

  private Arbitrary<?> generator(Type type) {
    if (type instanceof ParameterizedType generic) {
      Arbitrary<?> element = generator(generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == Optional.class) {
        return optional(element);
      }
      if (generic.getRawType() == List.class) {
        return sparse ? element.list().ofSize(1) : element.list().ofMaxSize(3);
      }
      if (generic.getRawType() == Set.class) {
        return sparse ? element.set().ofSize(1) : element.set().ofMaxSize(3);
      }
    }
    if (type instanceof Class<?> plain) {
      if (plain == Origin.class) {
        return origins();
      }
      Arbitrary<?> leaf = LEAVES.get(plain);
      if (leaf != null) {
        return leaf;
      }
      if (plain.isEnum()) {
        return Arbitraries.of(plain.getEnumConstants());
      }
      if (plain.isSealed()) {
        return Arbitraries.oneOf(Arrays.stream(plain.getPermittedSubclasses()).map(this::record).toList());
      }
      if (plain.isRecord()) {
        return record(plain);
      }
    }
    throw new IllegalStateException("No generator for " + type + "; add a leaf");
  }

  /** Only a rehearsal says what it rehearses. */
  private Arbitrary<Origin> origins() {
    Arbitrary<Origin> plain = Combinators.combine(
        Arbitraries.of(EnvironmentKind.class).filter(kind -> kind != EnvironmentKind.REHEARSAL),
        generator(RepositoryKey.class).map(RepositoryKey.class::cast), generator(GitRef.class).map(GitRef.class::cast)).as(Origin::new);
    Arbitrary<Origin> rehearsals = Combinators.combine(plain, record(Origin.Rehearsal.class).map(Origin.Rehearsal.class::cast))
        .as(Origin::rehearsing);
    return sparse ? plain : Arbitraries.oneOf(plain, rehearsals);
  }

  private Arbitrary<Object> record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Arbitrary<Object>> parts =
        Arrays.stream(components).<Arbitrary<Object>>map(c -> generator(c.getGenericType()).map(Object.class::cast))
            .toList();
    return Combinators.combine(parts).as(values -> {
      try {
        return type.getDeclaredConstructor(types).newInstance(values.toArray());
      } catch (InvocationTargetException | InstantiationException | IllegalAccessException | NoSuchMethodException e) {
        throw new IllegalStateException("Could not make a " + type.getSimpleName() + " of " + values, e);
      }
    });
  }
}
