package dev.offshoot.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a branch's solrconfig.xml may say: elements and classes that are on a list, and no parameter that reaches out of its core. */
final class SolrconfigRules {
  private static final Set<String> TOP = Set.of("luceneMatchVersion", "dataDir", "schemaFactory", "directoryFactory", "codecFactory",
      "indexConfig", "updateHandler", "query", "requestDispatcher", "requestHandler", "searchComponent", "updateRequestProcessorChain",
      "updateProcessor", "queryResponseWriter", "initParams", "admin", "cache");
  private static final Set<String> BELOW = Set.of("lst", "arr", "str", "int", "long", "bool", "float", "double", "autoCommit", "autoSoftCommit",
      "maxTime", "maxDocs", "maxSize", "openSearcher", "softCommit", "commitWithin", "updateLog", "listener", "filterCache",
      "queryResultCache", "documentCache", "fieldValueCache", "cache", "enableLazyFieldLoading", "useFilterForSortedQuery",
      "maxBooleanClauses", "minPrefixQueryTermLength", "queryResultWindowSize", "queryResultMaxDocsCached", "useColdSearcher",
      "maxWarmingSearchers", "slowQueryThresholdMillis", "requestParsers", "httpCaching", "cacheControl", "processor", "mergePolicyFactory",
      "mergeScheduler", "deletionPolicy", "lockType", "ramBufferSizeMB", "maxBufferedDocs", "ramPerThreadHardLimitMB", "useCompoundFile",
      "writeLockTimeout", "infoStream", "maxCommitsToKeep", "maxOptimizedCommitsToKeep", "maxCommitAge", "highlighting", "fragmenter",
      "formatter", "encoder", "fragListBuilder", "fragmentsBuilder", "boundaryScanner", "defaultQuery", "null");
  private static final Map<String, Set<String>> CLASSES = Map.ofEntries(
      Map.entry("schemaFactory", Set.of("ClassicIndexSchemaFactory", "ManagedIndexSchemaFactory")),
      Map.entry("directoryFactory", Set.of("NRTCachingDirectoryFactory", "StandardDirectoryFactory", "MMapDirectoryFactory",
          "NIOFSDirectoryFactory")),
      Map.entry("codecFactory", Set.of("SchemaCodecFactory")),
      Map.entry("mergePolicyFactory", Set.of("TieredMergePolicyFactory", "LogByteSizeMergePolicyFactory", "LogDocMergePolicyFactory")),
      Map.entry("mergeScheduler", Set.of("ConcurrentMergeScheduler", "SerialMergeScheduler")),
      Map.entry("deletionPolicy", Set.of("SolrDeletionPolicy")),
      Map.entry("updateHandler", Set.of("DirectUpdateHandler2")),
      Map.entry("updateLog", Set.of("UpdateLog")),
      Map.entry("listener", Set.of("QuerySenderListener")),
      Map.entry("filterCache", Set.of("CaffeineCache")), Map.entry("queryResultCache", Set.of("CaffeineCache")),
      Map.entry("documentCache", Set.of("CaffeineCache")), Map.entry("fieldValueCache", Set.of("CaffeineCache")),
      Map.entry("cache", Set.of("CaffeineCache")),
      Map.entry("requestHandler", Set.of("SearchHandler", "RealTimeGetHandler", "UpdateRequestHandler", "PingRequestHandler",
          "NotFoundRequestHandler", "FieldAnalysisRequestHandler", "DocumentAnalysisRequestHandler", "MoreLikeThisHandler")),
      Map.entry("searchComponent", Set.of("QueryComponent", "FacetComponent", "FacetModule", "MoreLikeThisComponent", "HighlightComponent",
          "StatsComponent", "DebugComponent", "SpellCheckComponent", "SuggestComponent", "TermsComponent", "TermVectorComponent",
          "QueryElevationComponent", "ExpandComponent", "RealTimeGetComponent", "ResponseLogComponent")),
      Map.entry("highlighting", Set.of("DefaultSolrHighlighter")),
      Map.entry("fragmenter", Set.of("GapFragmenter", "RegexFragmenter")),
      Map.entry("formatter", Set.of("HtmlFormatter")),
      Map.entry("encoder", Set.of("HtmlEncoder", "DefaultEncoder")),
      Map.entry("fragListBuilder", Set.of("SimpleFragListBuilder", "SingleFragListBuilder", "WeightedFragListBuilder")),
      Map.entry("fragmentsBuilder", Set.of("SimpleFragmentsBuilder", "ScoreOrderFragmentsBuilder")),
      Map.entry("boundaryScanner", Set.of("SimpleBoundaryScanner", "BreakIteratorBoundaryScanner")),
      Map.entry("queryResponseWriter", Set.of("JSONResponseWriter", "XMLResponseWriter", "CSVResponseWriter", "BinaryResponseWriter",
          "SmileResponseWriter", "PythonResponseWriter", "RubyResponseWriter", "PHPResponseWriter", "GeoJSONResponseWriter")),
      Map.entry("processor", Processors.KNOWN), Map.entry("updateProcessor", Processors.KNOWN));
  private static final Set<String> NAMED_CLASSES = Set.of("DirectSolrSpellChecker", "IndexBasedSpellChecker", "WordBreakSolrSpellChecker",
      "FileBasedSpellChecker", "AnalyzingLookupFactory", "AnalyzingInfixLookupFactory", "BlendedInfixLookupFactory", "FuzzyLookupFactory",
      "FSTLookupFactory", "WFSTLookupFactory", "TSTLookupFactory", "JaspellLookupFactory", "FreeTextLookupFactory",
      "DocumentDictionaryFactory", "HighFrequencyDictionaryFactory", "FileDictionaryFactory", "DocumentExpressionDictionaryFactory",
      "JaroWinklerDistance", "LevenshteinDistance", "LuceneLevenshteinDistance", "NGramDistance");
  private static final Set<String> WORDS_FOR_CLASSES = Set.of("internal", "score", "freq");
  private static final Pattern NAMES_A_CLASS = Pattern.compile(".*(?:class|classname|impl|distancemeasure)");
  private static final Pattern REACHES_OUT =
      Pattern.compile("shards(?:\\..*)?|shardhandlerfactory|stream\\..*|qt|tr|xslt?|v\\..*|leaderurl|masterurl|zkhost|.*\\burl");
  private static final Set<String> FILES = Set.of("config-file", "sourcelocation", "storedir", "indexpath", "spellcheckindexdir",
      "healthcheckfile", "exe", "dir");
  /** What backups, restores and their comparison need as Solr makes it. */
  private static final Set<String> NEEDED_HANDLERS = Set.of("/replication", "/get", "/update", "/admin/luke", "/schema", "/config");
  /** Solr's own handlers, which are there without being written; a branch may only close them. */
  private static final Pattern OWN_HANDLERS =
      Pattern.compile("/(?:admin(?:/.*)?|config(?:/.*)?|schema(?:/.*)?|replication|stream|sql|graph|export|debug/.*|tasks/.*|blob|dump)");

  private final String file;
  private final List<Refusal> refusals = new ArrayList<>();

  private SolrconfigRules(String file) {
    this.file = file;
  }

  static List<Refusal> check(String file, XmlElement root) {
    SolrconfigRules rules = new SolrconfigRules(file);
    if (!root.name().equals("config") || !root.attributes().isEmpty()) {
      rules.refuse(root, "it is no solrconfig: its element is not a plain <config>");
    }
    for (XmlElement top : root.children()) {
      if (!TOP.contains(top.name())) {
        rules.refuse(top, "<" + top.name() + "> is not among the elements that a branch's solrconfig.xml may have" + rules.why(top) + "; remove it");
      } else {
        rules.top(top);
      }
    }
    return rules.refusals;
  }

  private String why(XmlElement element) {
    return switch (element.name()) {
      case "lib" -> ": it loads code";
      case "valueSourceParser", "queryParser", "transformer", "expressible" -> ": it names a class that runs in the server";
      case "jmx" -> ": it opens the server";
      default -> "";
    };
  }

  private void top(XmlElement top) {
    if (top.name().equals("dataDir") && !top.text().isEmpty()) {
      refuse(top, "<dataDir> would leave the core's own folder; remove it");
    }
    if (top.name().equals("requestHandler")) {
      handler(top);
    }
    top.all().forEach(element -> {
      if (!element.equals(top) && !BELOW.contains(element.name())) {
        refuse(element, "<" + element.name() + "> is not among the elements that a branch's solrconfig.xml may have; remove it");
      }
      element.attributes().forEach((name, value) -> attribute(element, name, value));
      element.attribute("name").ifPresent(name -> parameter(element, name));
    });
  }

  private void handler(XmlElement handler) {
    String name = handler.attribute("name").orElse("");
    Optional<String> simple = handler.attribute("class").flatMap(SafeNames::simple);
    if (NEEDED_HANDLERS.contains(name) && !(name.equals("/update") && simple.equals(Optional.of("UpdateRequestHandler")))) {
      refuse(handler, "the request handler " + SchemaRules.shown(name) + " is needed for backups as Solr makes it; remove it");
    } else if (OWN_HANDLERS.matcher(name).matches() && !simple.equals(Optional.of("NotFoundRequestHandler"))) {
      refuse(handler, "the request handler " + SchemaRules.shown(name) + " is Solr's own; a branch may only close it, with class"
          + " solr.NotFoundRequestHandler");
    }
    if (!name.startsWith("/")) {
      refuse(handler, "the request handler " + SchemaRules.shown(name) + " needs a name that begins with /");
    }
  }

  private void attribute(XmlElement element, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("class")) {
      Set<String> known = CLASSES.getOrDefault(element.name(), Set.of());
      if (SafeNames.simple(value).filter(known::contains).isEmpty()) {
        refuse(element, "the class " + SchemaRules.shown(value) + " is not among those that a branch may use in <" + element.name()
            + ">; use one of Solr's own, as docs/operations.md lists them, or leave it out");
      }
    } else if (NAMES_A_CLASS.matcher(lower).matches() || lower.equals("regenerator")) {
      refuse(element, "the attribute " + name + " names a class; leave it out");
    } else if (lower.startsWith("enable") && lower.contains("stream") && !value.equals("false")) {
      refuse(element, name + " lets requests make Solr read files and other hosts; leave it out");
    }
  }

  private void parameter(XmlElement element, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!Set.of("str", "arr", "lst", "int", "long", "bool", "float", "double").contains(element.name())) {
      return;
    }
    String value = element.text();
    if (REACHES_OUT.matcher(lower).matches()) {
      refuse(element, "the parameter " + SchemaRules.shown(name) + " can make Solr reach out of its core; remove it");
    } else if (FILES.contains(lower) && !value.isEmpty() && (lower.equals("exe") || lower.equals("dir") || !SafeNames.areWithin(value))) {
      refuse(element, name + " " + SchemaRules.shown(value) + " is not within the config set; write a file's name, or remove it");
    } else if (NAMES_A_CLASS.matcher(lower).matches() && !WORDS_FOR_CLASSES.contains(value)
        && SafeNames.simple(value).filter(NAMED_CLASSES::contains).isEmpty()) {
      refuse(element, name + " " + SchemaRules.shown(value) + " names a class that a branch may not use; remove it");
    }
  }

  private void refuse(XmlElement element, String what) {
    refusals.add(new Refusal(file, Math.max(1, element.line()), what));
  }

  /** What a chain of updates may be made of: nothing that runs a script. */
  private static final class Processors {
    static final Set<String> KNOWN = Set.of("LogUpdateProcessorFactory", "RunUpdateProcessorFactory", "DistributedUpdateProcessorFactory",
        "AtomicUpdateProcessorFactory", "TrimFieldUpdateProcessorFactory", "RemoveBlankFieldUpdateProcessorFactory",
        "TruncateFieldUpdateProcessorFactory", "FirstFieldValueUpdateProcessorFactory", "LastFieldValueUpdateProcessorFactory",
        "MinFieldValueUpdateProcessorFactory", "MaxFieldValueUpdateProcessorFactory", "UniqFieldsUpdateProcessorFactory",
        "ConcatFieldUpdateProcessorFactory", "CountFieldValuesUpdateProcessorFactory", "FieldLengthUpdateProcessorFactory",
        "CloneFieldUpdateProcessorFactory", "IgnoreFieldUpdateProcessorFactory", "DefaultValueUpdateProcessorFactory",
        "TimestampUpdateProcessorFactory", "UUIDUpdateProcessorFactory", "SignatureUpdateProcessorFactory", "RegexReplaceProcessorFactory",
        "HTMLStripFieldUpdateProcessorFactory", "FieldNameMutatingUpdateProcessorFactory", "ParseBooleanFieldUpdateProcessorFactory",
        "ParseLongFieldUpdateProcessorFactory", "ParseDoubleFieldUpdateProcessorFactory", "ParseDateFieldUpdateProcessorFactory",
        "DocBasedVersionConstraintsProcessorFactory", "DocExpirationUpdateProcessorFactory", "NestedUpdateProcessorFactory");
  }
}
