package io.segue.flow.agent;

/** Told what an agent's socket does, on the call's thread. */
@FunctionalInterface
public interface AgentListener {
    void on(AgentEvent event);
}
