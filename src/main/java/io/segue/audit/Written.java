package io.segue.audit;

/**
 * Where an entry stands.
 *
 * @param seq from 1, without gaps in a node
 * @param hash of its link, in hex
 * @param at Unix microseconds
 */
public record Written(String node, long seq, String hash, long at) {}
