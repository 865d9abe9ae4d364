package dev.offshoot.reporter.lint.sql;

import java.util.List;
import java.util.Optional;

import org.antlr.v4.runtime.Token;

/**
 * What stands between two semicolons.
 *
 * @param tokens without comments, blanks and the semicolon
 * @param problem why it is not worth parsing
 */
record Piece(Statement.Source source, List<Token> tokens, Optional<String> problem) {
  Piece {
    tokens = List.copyOf(tokens);
  }
}
