/** How fast databases are cloned: by PostgreSQL's own means, by the file system alone, and by the provisioner. */
@NullMarked
package dev.offshoot.bench.clones;

import org.jspecify.annotations.NullMarked;
