/**
 * The step of a push that brings the environment's search index to the branch's config set: read at the commit, held to what a branch may
 * say, applied to the namespace. What Solr does not take is put back, so that the namespace serves on.
 */
@NullMarked
package dev.offshoot.migrator.search;

import org.jspecify.annotations.NullMarked;
