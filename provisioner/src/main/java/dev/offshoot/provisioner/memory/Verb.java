package dev.offshoot.provisioner.memory;

/** What is asked of a store. */
public enum Verb { FIND, ENSURE, SNAPSHOT, DELETE, LIST }
