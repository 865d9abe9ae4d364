package dev.offshoot.config;

/**
 * {@code credentials:} what environments' passwords are derived from.
 *
 * @param keyId the name of the master key, recorded with each environment
 * @param masterKey at least 32 characters
 */
public record CredentialsConfig(String keyId, Secret masterKey) {}
