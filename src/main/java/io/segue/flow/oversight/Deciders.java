package io.segue.flow.oversight;

/**
 * What it takes to have people decide.
 *
 * @param signoffMs how long an action waits for an answer
 * @param tokenSeconds how long a token is good
 */
public record Deciders(
        Tokens tokens,
        PendingBoard board,
        SignoffArchive archive,
        DecisionObserver observer,
        long signoffMs,
        int tokenSeconds) {}
