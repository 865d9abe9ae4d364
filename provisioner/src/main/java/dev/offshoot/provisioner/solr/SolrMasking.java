package dev.offshoot.provisioner.solr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;

import dev.offshoot.provisioner.masking.MaskRule;
import dev.offshoot.provisioner.masking.MaskedText;
import dev.offshoot.provisioner.masking.MaskingPolicy;
import dev.offshoot.worker.Failure;

/**
 * Writes Staging's documents into another core, masked. That core never holds another value of a masked field. What is
 * committed to Staging meanwhile may come along or not.
 *
 * <p>Law: fails closed. Each field in the index needs a rule; one whose values cannot be read back stops the snapshot.
 */
final class SolrMasking {
  /** Solr's own. */
  private static final Set<String> OWN = Set.of("_version_", "_root_");
  private static final String NESTED = "_nest_path_";

  private final Cores cores;
  private final String staging;
  private final String key;
  private final MaskingPolicy policy;
  private final Map<String, Cores.Field> fields;

  private SolrMasking(Cores cores, String staging, String key, MaskingPolicy policy, Map<String, Cores.Field> fields) {
    this.cores = cores;
    this.staging = staging;
    this.key = key;
    this.policy = policy;
    this.fields = fields;
  }

  /** @throws Failure INVALID that names every field without a rule, and every rule that cannot be carried out */
  static SolrMasking of(Cores cores, String staging, MaskingPolicy policy) {
    SolrMasking masking = new SolrMasking(cores, staging, cores.uniqueKey(staging), policy, cores.fields(staging));
    masking.refuse(masking.derived());
    return masking;
  }

  /** The fields that are masked. */
  List<String> masked() {
    return fields.keySet().stream().filter(field -> rule(field).isMask()).sorted().toList();
  }

  /** Into an empty core. */
  void write(String core, MaskedText text) {
    Predicate<String> derived = derived();
    cores.eachPage(staging, key, documents ->
        cores.add(core, documents.stream().map(one -> rewritten(one, derived, text)).toList()));
    cores.commit(core);
  }

  /** A copied field is filled from others again. */
  private Predicate<String> derived() {
    List<Pattern> targets = cores.copyTargets(staging).stream()
        .map(target -> Pattern.compile(Stream.of(target.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))))
        .toList();
    return field -> targets.stream().anyMatch(target -> target.matcher(field).matches());
  }

  private void refuse(Predicate<String> derived) {
    List<String> missing = fields.keySet().stream()
        .filter(field -> !OWN.contains(field) && policy.ofField(field).isEmpty()).sorted().toList();
    if (!missing.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The masking policy says nothing of these fields of the core " + staging + ": "
          + String.join(", ", missing) + ". Nothing was published. Add a line for each below solr: in the file that staging.masking names, "
          + "such as '" + missing.getFirst() + ": clear' or ': hash', then take the snapshot again");
    }
    if (fields.keySet().stream().noneMatch(field -> rule(field).isMask())) {
      return;
    }
    List<String> problems = new ArrayList<>();
    fields.values().stream().filter(field -> !OWN.contains(field.name()) && !derived.test(field.name()) && !field.readable())
        .forEach(field -> problems.add(field.name() + " is neither stored nor has docValues, so documents cannot be written anew"));
    fields.keySet().stream().filter(derived).filter(field -> rule(field).isMask())
        .forEach(field -> problems.add(field + " is copied from other fields: mask those, and write clear for it"));
    if (rule(key).isMask()) {
      problems.add(key + " is the unique key and cannot be masked");
    }
    if (fields.containsKey(NESTED)) {
      problems.add("nested documents cannot be written anew");
    }
    if (!problems.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The masking policy cannot be carried out on the core " + staging + ": "
          + String.join("; ", problems));
    }
  }

  private MaskRule rule(String field) {
    return policy.ofField(field).orElseGet(MaskRule.Clear::new);
  }

  private SolrInputDocument rewritten(SolrDocument document, Predicate<String> derived, MaskedText text) {
    SolrInputDocument next = new SolrInputDocument();
    for (String field : document.getFieldNames()) {
      if (!OWN.contains(field) && !derived.test(field)) {
        Collection<Object> values = document.getFieldValues(field);
        values.forEach(value -> masked(field, value, text).forEach(each -> next.addField(field, each)));
      }
    }
    return next;
  }

  private List<Object> masked(String field, Object value, MaskedText text) {
    return switch (rule(field)) {
      case MaskRule.Clear() -> List.of(value);
      case MaskRule.Null() -> List.of();
      case MaskRule.Fixed(String fixed) -> List.of(fixed);
      case MaskRule.Hash _, MaskRule.Email _, MaskRule.Name _, MaskRule.Expression _ -> text(field, value, text);
    };
  }

  private List<Object> text(String field, Object value, MaskedText text) {
    if (!(value instanceof String plain)) {
      throw notText(field);
    }
    return text.of(rule(field), plain).<List<Object>>map(List::of).orElse(List.of());
  }

  private static Failure notText(String field) {
    return new Failure(Failure.Kind.INVALID, "The field " + field + " holds no text, which hash, email and name need; write null or {fixed: …}");
  }
}
