/**
 * The configuration of a search index as a branch has it in git: reading it, and holding it to what a branch may say. Everything in it is a
 * stranger's, and a Solr does what its configuration says: so only what is on a list gets through, and what Solr reads is written anew from
 * the tree that was checked, never the branch's own bytes.
 */
@NullMarked
package dev.offshoot.search;

import org.jspecify.annotations.NullMarked;
