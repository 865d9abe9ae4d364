/**
 * Environments' databases: clones of template databases on one PostgreSQL server.
 *
 * <p>Law: an administrator's session never reads or calls what a branch has made. It works in the catalogue with
 * {@code search_path = pg_catalog}; whatever must read a branch's tables logs in as the environment's own role.
 */
@NullMarked
package dev.offshoot.provisioner.postgres;

import org.jspecify.annotations.NullMarked;
