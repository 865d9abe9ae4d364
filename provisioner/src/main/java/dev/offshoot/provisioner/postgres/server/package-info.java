/**
 * What a PostgreSQL server is to all of this: sessions of the administrator, databases, roles and locks as its catalogue knows them, the
 * room on its disk, and what is in a database, as a fingerprint or a shape.
 */
@NullMarked
package dev.offshoot.provisioner.postgres.server;

import org.jspecify.annotations.NullMarked;
