/**
 * Environments' search indexes: cores of one standalone Solr 9, restored from backups of Staging's core. Speaks the V1
 * API by HTTP.
 */
@NullMarked
package dev.offshoot.provisioner.solr;

import org.jspecify.annotations.NullMarked;
