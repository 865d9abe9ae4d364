package dev.offshoot.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a branch's schema may say: elements and field types that are on a list, text analysis by Solr's and Lucene's own factories, files
 * within the config set.
 */
final class SchemaRules {
  private static final Set<String> ELEMENTS = Set.of("schema", "fields", "types", "field", "dynamicField", "copyField", "uniqueKey", "fieldType",
      "fieldtype", "analyzer", "charFilter", "tokenizer", "filter", "similarity", "defaultSearchField", "solrQueryParser",
      "str", "int", "float", "double", "bool", "lst", "arr");
  private static final Set<String> FIELD_TYPES = Set.of("StrField", "TextField", "SortableTextField", "BoolField", "IntPointField",
      "LongPointField", "FloatPointField", "DoublePointField", "DatePointField", "DateRangeField", "TrieIntField", "TrieLongField",
      "TrieFloatField", "TrieDoubleField", "TrieDateField", "BinaryField", "UUIDField", "EnumFieldType", "CurrencyFieldType", "RandomSortField",
      "PointType", "LatLonPointSpatialField", "SpatialRecursivePrefixTreeFieldType", "RptWithGeometrySpatialField", "BBoxField", "NestPathField",
      "RankField", "DenseVectorField", "CollationField");
  private static final Set<String> SIMILARITIES = Set.of("SchemaSimilarityFactory", "BM25SimilarityFactory", "ClassicSimilarityFactory",
      "BooleanSimilarityFactory", "DFRSimilarityFactory", "IBSimilarityFactory", "DFISimilarityFactory", "LMDirichletSimilarityFactory",
      "LMJelinekMercerSimilarityFactory", "SweetSpotSimilarityFactory", "AxiomaticF1LOGSimilarityFactory");
  private static final Pattern ANALYSIS = Pattern.compile("(?!Managed).+(?:TokenizerFactory|FilterFactory)");
  private static final Pattern ANALYZER = Pattern.compile("org\\.apache\\.lucene\\.analysis\\.[a-z.]+\\.[A-Z][A-Za-z0-9]*Analyzer");
  private static final Pattern SPI_NAME = Pattern.compile("(?!(?i)managed)[A-Za-z0-9]{1,60}");
  private static final Set<String> FILES = Set.of("words", "synonyms", "protected", "dictionary", "affix", "mapping", "articles", "types",
      "wordset", "stoptags", "tags", "rulefiles", "userdictionary", "hyphenator", "termsfile", "custom", "rules", "currencyconfig",
      "enumsconfig", "stopwords", "protwords");
  /** Attributes that name a class besides {@code class} itself, and those values of them that are harmless. */
  private static final Map<String, Pattern> NAMED_CLASSES = Map.of(
      "providerclass", Pattern.compile("(?:solr\\.)?FileExchangeRateProvider"),
      "tokenizerfactory", Pattern.compile("(?:solr\\.)?[A-Z][A-Za-z0-9]*TokenizerFactory"),
      "spatialcontextfactory", Pattern.compile("JTS|Geo3D"));
  private static final Pattern CLASS_LIKE = Pattern.compile(".*(?:class|classname|impl|provider|factory|plugin|analyzer|location|url|host)");

  private final String file;
  private final List<Refusal> refusals = new ArrayList<>();

  private SchemaRules(String file) {
    this.file = file;
  }

  static List<Refusal> check(String file, XmlElement root) {
    SchemaRules rules = new SchemaRules(file);
    if (!root.name().equals("schema")) {
      rules.refuse(root, "it is no schema: its element is <" + root.name() + ">");
    } else if (root.all().noneMatch(one -> one.name().equals("field") && one.attribute("name").filter("_version_"::equals).isPresent())) {
      rules.refuse(root, "the field _version_ is missing, by which a backup is compared with what it is of; add it, of a type of class"
          + " solr.LongPointField with docValues=\"true\"");
    }
    root.all().forEach(rules::element);
    return rules.refusals;
  }

  private void element(XmlElement element) {
    if (!ELEMENTS.contains(element.name())) {
      refuse(element, "<" + element.name() + "> is not among the elements that a branch's schema may have; remove it");
      return;
    }
    element.attributes().forEach((name, value) -> attribute(element, name, value));
    if (element.name().equals("solrQueryParser") || element.name().equals("defaultSearchField")) {
      refuse(element, "<" + element.name() + "> is not known to Solr 9; remove it");
    }
  }

  private void attribute(XmlElement element, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("class")) {
      if (!isKnown(element, value)) {
        refuse(element, "the class " + shown(value) + " is not among those that a branch's schema may use in <" + element.name()
            + ">; use one of Solr's own, as docs/operations.md lists them");
      }
    } else if (lower.equals("name") && isAnalysis(element) && !SPI_NAME.matcher(value).matches()) {
      refuse(element, "the name " + shown(value) + " is not one of Solr's text analysis; write for example lowercase");
    } else if (FILES.contains(lower) && isAnalysisOrType(element) && !SafeNames.areWithin(value)) {
      refuse(element, name + "=" + shown(value) + " is not within the config set; write a file's name, or lang/ and a name");
    } else if (NAMED_CLASSES.containsKey(lower)) {
      if (!NAMED_CLASSES.getOrDefault(lower, ANALYSIS).matcher(value).matches()) {
        refuse(element, name + "=" + shown(value) + " names a class that a branch's schema may not use; leave it out");
      }
    } else if (CLASS_LIKE.matcher(lower).matches() && isAnalysisOrType(element)) {
      refuse(element, "the attribute " + name + " may make Solr load a class or read from elsewhere; leave it out");
    }
  }

  private static boolean isAnalysis(XmlElement element) {
    return Set.of("tokenizer", "filter", "charFilter").contains(element.name());
  }

  private static boolean isAnalysisOrType(XmlElement element) {
    return isAnalysis(element) || element.name().equalsIgnoreCase("fieldType") || element.name().equals("similarity")
        || element.name().equals("analyzer");
  }

  private static boolean isKnown(XmlElement element, String className) {
    Optional<String> simple = SafeNames.simple(className);
    return switch (element.name()) {
      case "fieldType", "fieldtype" -> simple.filter(FIELD_TYPES::contains).isPresent();
      case "tokenizer", "filter", "charFilter" -> simple.filter(name -> ANALYSIS.matcher(name).matches()).isPresent();
      case "analyzer" -> ANALYZER.matcher(className).matches();
      case "similarity" -> simple.filter(SIMILARITIES::contains).isPresent();
      default -> false;
    };
  }

  private void refuse(XmlElement element, String what) {
    refusals.add(new Refusal(file, Math.max(1, element.line()), what));
  }

  static String shown(String value) {
    String cut = value.substring(0, Math.min(100, value.length())).replaceAll("\\p{Cntrl}", "?");
    return "'" + cut + "'";
  }
}
