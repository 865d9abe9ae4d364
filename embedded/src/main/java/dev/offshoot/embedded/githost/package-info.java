/**
 * A git host's REST API, played: {@link dev.offshoot.embedded.githost.PlayedGitHostApi}. It speaks the shapes of each host as far as
 * feedback needs them, asks for a token, keeps comments and statuses in memory, and misbehaves when told to. For the demo and the tests.
 */
@NullMarked
package dev.offshoot.embedded.githost;

import org.jspecify.annotations.NullMarked;
