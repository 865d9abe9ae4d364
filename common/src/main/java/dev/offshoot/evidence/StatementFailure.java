package dev.offshoot.evidence;

import java.util.Optional;

/**
 * Why a statement failed.
 *
 * @param sqlState PostgreSQL's error code
 * @param message without the detail, which quotes rows
 * @param constraint its name, where one was violated
 * @param relation the table concerned, where the server names it
 * @param rows that are in the way, where they can be found; else a {@link Gap} says why not
 */
public record StatementFailure(
    String sqlState, String message, Optional<String> constraint, Optional<String> relation, Optional<OffendingRows> rows) {}
