/** What Bitbucket Cloud and Bitbucket Data Center send: two products that share a name and little else. */
@NullMarked
package dev.offshoot.ingest.bitbucket;

import org.jspecify.annotations.NullMarked;
