@NullMarked
package dev.offshoot.provisioner.solr;

import org.jspecify.annotations.NullMarked;
