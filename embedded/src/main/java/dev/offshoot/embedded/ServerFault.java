package dev.offshoot.embedded;

/** A server that is gone and could not be started again: what needs it can't go on. */
public record ServerFault(Server server, String message) {
}
