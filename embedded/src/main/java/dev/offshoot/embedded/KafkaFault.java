package dev.offshoot.embedded;

/**
 * The broker gave up and wanted to end the JVM. What it holds is not to be relied on until it is started again.
 *
 * @param status the exit status it asked for
 */
public record KafkaFault(int status, String message) {
}
