/**
 * What feedback needs of a git host: the port {@link dev.offshoot.reporter.feedback.host.GitHostApi}, and how its REST API is
 * called: with deadlines, bounded answers, and no step to another host. What a host answers is a stranger's.
 */
@NullMarked
package dev.offshoot.reporter.feedback.host;

import org.jspecify.annotations.NullMarked;
