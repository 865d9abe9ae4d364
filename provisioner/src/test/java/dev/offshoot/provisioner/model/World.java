package dev.offshoot.provisioner.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.provisioner.model.Resource.Body;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.OwnerTag;

/** What the stores hold of the environment. Two shapes of store: one keeps by renaming (PostgreSQL), one by copying (Redis). */
record World(Map<Place, Resource> resources) {
  static final World EMPTY = new World(Map.of());

  World {
    resources = Map.copyOf(resources);
  }

  record Place(StoreKind kind, Incarnation incarnation) {}

  /** What a step does and answers. */
  record Effect(World after, Answer answer) {}

  Resource at(StoreKind kind, Incarnation incarnation) {
    return resources.getOrDefault(new Place(kind, incarnation), Resource.NONE);
  }

  private World with(Call.OfResource call, Resource resource) {
    Map<Place, Resource> next = new HashMap<>(resources);
    Place place = new Place(call.kind(), call.incarnation());
    if (resource.isNothing()) {
      next.remove(place);
    } else {
      next.put(place, resource);
    }
    return new World(next);
  }

  /** From now on people work in what stands of the incarnation. */
  World told(Incarnation incarnation) {
    Map<Place, Resource> next = new HashMap<>(resources);
    next.replaceAll((place, resource) -> place.incarnation().equals(incarnation) ? resource.usedFromNowOn() : resource);
    return new World(next);
  }

  /** @param late whether the caller's assignment has ended */
  Effect take(Call.OfStore call, boolean late, Mistake mistake) {
    return switch (call) {
      case Call.ListAll(StoreKind kind) -> new Effect(this, new Answer.Listed(list(kind)));
      case Call.OfResource of -> take(of, at(of.kind(), of.incarnation()), late, mistake);
    };
  }

  private Effect take(Call.OfResource call, Resource resource, boolean late, Mistake mistake) {
    return switch (call) {
      case Call.Find _ -> new Effect(this, new Answer.Stands(resource.standing()
          .filter(body -> !resource.closed()).map(Body::tag)));
      case Call.Begin begin -> begin(begin, resource, late, mistake);
      case Call.Finish finish -> finish(finish, resource, late);
      case Call.Close _ -> close(call, resource, mistake);
      case Call.Verify _ -> verify(call, resource, mistake);
      case Call.Delete delete -> delete(delete, resource, mistake);
    };
  }

  private Effect begin(Call.Begin call, Resource resource, boolean late, Mistake mistake) {
    if (resource.kept().isPresent() && mistake != Mistake.KEPT_IS_MADE_AGAIN) {
      return new Effect(this, new Answer.Refused("this incarnation was kept"));
    }
    Optional<OwnerTag> standing = resource.standing().map(Body::tag);
    if (standing.isPresent()) {
      return new Effect(this, standing.get().equals(call.tag())
          ? new Answer.Done() : new Answer.Refused("it was not made by this intent"));
    }
    return new Effect(with(call, resource.begun(late)), new Answer.Begun());
  }

  /** The store lets one work on a resource at a time: who comes later ends who came before. */
  private Effect finish(Call.Finish call, Resource resource, boolean late) {
    if (resource.half() == Resource.Half.NONE || resource.standing().isPresent()) {
      return new Effect(this, new Answer.Busy());
    }
    return new Effect(with(call, resource.finished(new Body(call.tag(), false, late))), new Answer.Done());
  }

  private Effect close(Call.OfResource call, Resource resource, Mistake mistake) {
    if (mistake == Mistake.DELETE_BEFORE_RECEIPT) {
      return new Effect(this, new Answer.Begun());
    }
    if (resource.standing().isEmpty()) {
      return new Effect(this, resource.kept().isPresent() ? new Answer.Begun() : new Answer.Nothing());
    }
    if (copies(call.kind())) {
      return new Effect(with(call, resource.shut()), new Answer.Begun());
    }
    return resource.kept().isPresent()
        ? new Effect(this, new Answer.Refused("one is kept already"))
        : new Effect(with(call, resource.movedAway()), new Answer.Begun());
  }

  private Effect verify(Call.OfResource call, Resource resource, Mistake mistake) {
    if (mistake == Mistake.DELETE_BEFORE_RECEIPT) {
      return new Effect(this, new Answer.Done());
    }
    if (copies(call.kind()) && resource.kept().isEmpty()) {
      return resource.standing().isPresent()
          ? new Effect(with(call, resource.copied()), new Answer.Done()) : new Effect(this, new Answer.Busy());
    }
    return resource.kept().isPresent()
        ? new Effect(with(call, resource.proved()), new Answer.Done()) : new Effect(this, new Answer.Busy());
  }

  private Effect delete(Call.Delete call, Resource resource, Mistake mistake) {
    boolean holds = resource.verified() && (copies(call.kind()) || resource.standing().isEmpty());
    if (call.kept() && !holds && mistake != Mistake.DELETE_BEFORE_RECEIPT) {
      return new Effect(this, new Answer.Refused("there is no verified backup"));
    }
    return new Effect(with(call, resource.deleted()), new Answer.Done());
  }

  private static boolean copies(StoreKind kind) {
    return switch (kind) {
      case REDIS -> true;
      case POSTGRES, SOLR -> false;
    };
  }

  private List<Found> list(StoreKind kind) {
    return resources.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .sorted(Comparator.comparing(entry -> entry.getKey().incarnation()))
        .flatMap(entry -> entry.getValue().condition()
            .map(condition -> new Found(Names.owner(entry.getKey().incarnation()), condition)).stream())
        .toList();
  }
}
