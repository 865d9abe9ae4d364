package dev.offshoot.provisioner.solr;

import java.util.Optional;

import org.apache.solr.common.util.NamedList;

/**
 * What a Solr says of itself.
 *
 * @param authentication the plugin that decides who is let in; empty where everybody is
 */
record SolrAbout(String version, Optional<String> authentication) {

  static SolrAbout of(SolrCalls calls) {
    NamedList<Object> answer = calls.ask("/admin/info/system");
    return new SolrAbout(
        SolrCalls.member(answer.get("lucene"), "solr-spec-version").map(String::valueOf).orElse("of an unknown version"),
        SolrCalls.member(answer.get("security"), "authenticationPlugin").map(String::valueOf));
  }
}
