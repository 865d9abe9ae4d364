/**
 * What a branch's config set changes of Staging's, and whether documents must be indexed again for it. Pure functions over the files as they
 * stand in git; the rules are those of Solr's reference guide, "Reindexing".
 */
@NullMarked
package dev.offshoot.reporter.search;

import org.jspecify.annotations.NullMarked;
