package dev.offshoot.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.OffshootConfig;

/** A page of docs/git-hosts: what it says is to be configured here and to be filled in at the git host. */
record HostPage(String text) {
  private static final Path PAGES = Path.of("../docs/git-hosts");
  private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
  private static final Pattern CODE = Pattern.compile("`(.+?)`");
  private static final String FIELDS = "| field | value |\n|---|---|\n";
  /** What is configured besides. */
  private static final String REST = """
      kafka:
        bootstrapServers: 127.0.0.1:1
      stores:
        postgres: {host: 127.0.0.1, user: none, password: none-at-all}
        solr: {url: "http://127.0.0.1:1/solr", backups: /none}
        redis: {server: /none, directory: none}
      credentials:
        masterKey: 0123456789abcdef0123456789abcdef
      blobs:
        directory: none
      webhooks:
        port: 0
      """;

  static HostPage of(GitHostName host) {
    try {
      return new HostPage(Files.readString(PAGES.resolve(host.key() + ".md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With other words in the place of these. */
  HostPage with(String words, String others) {
    if (!text.contains(words)) {
      throw new IllegalArgumentException("The page does not say: " + words);
    }
    return new HostPage(text.replace(words, others));
  }

  /** The page's own YAML in a file that has everything else. */
  OffshootConfig configuration(Map<String, String> environment) {
    return ConfigFile.parse(REST + between("```yaml\n", "```"), environment, Path.of("/none"));
  }

  /** The rows of the table, in order. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    between(FIELDS, "\n\n").lines().map(row -> row.split("\\|", -1)).forEach(cells -> fields.put(cells[1].strip(), cells[2].strip()));
    return fields;
  }

  private String between(String begin, String end) {
    int from = text.indexOf(begin);
    if (from < 0) {
      throw new IllegalArgumentException("The page has no " + begin);
    }
    int start = from + begin.length();
    return text.substring(start, text.indexOf(end, start));
  }

  static List<String> bold(String cell) {
    return BOLD.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
  }
}
