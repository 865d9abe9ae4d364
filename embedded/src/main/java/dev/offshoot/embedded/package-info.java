/**
 * Real servers from Maven artifacts: Kafka and Solr in this JVM, PostgreSQL and Redis as children of it.
 *
 * <p>Law: they listen on 127.0.0.1 only; everything they keep is under the folder they are given, readable by its owner
 * only, and is found again by the next start, also after {@code kill -9}; none outlives this JVM. A server that can't
 * start, or dies, never ends the JVM: the start throws and says what to do, and a later death is told by
 * {@code fault()}.
 */
@NullMarked
package dev.offshoot.embedded;

import org.jspecify.annotations.NullMarked;
