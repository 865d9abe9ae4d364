/** What Gitea and Forgejo send. */
@NullMarked
package dev.offshoot.ingest.gitea;

import org.jspecify.annotations.NullMarked;
