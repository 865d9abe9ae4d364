package dev.offshoot.provisioner.store;

/**
 * A finished resource.
 *
 * @param sessions how many clients other than ours are connected to it now; 0 for a store that has no connections
 */
public record Standing(OwnerTag tag, int sessions) {}
