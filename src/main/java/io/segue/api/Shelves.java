package io.segue.api;

import io.segue.agent.Agent;
import io.segue.agent.NumberPattern;
import io.segue.api.auth.Asker;
import io.segue.flow.AuditTrail;
import io.segue.flow.DirectoryFeed;
import io.segue.flow.Documents;
import io.segue.human.Human;
import io.segue.human.Queue;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.UnknownQueues;
import io.segue.trunk.Trunk;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The four kinds of what is configured. */
@ApplicationScoped
public class Shelves {
    private final Configured<Agent> agents;
    private final Configured<Queue> queues;
    private final Configured<Human> humans;
    private final Configured<Trunk> trunks;

    Shelves(
            Json json,
            Answers answers,
            Documents documents,
            Directory directory,
            Forms forms,
            io.segue.registry.Limits limits,
            AuditTrail audit,
            Asker asker) {
        Configured.Services services = new Configured.Services(
                json, answers, documents, new DirectoryFeed(directory), limits.documentsMax(), audit, asker);
        agents = new Configured<>(
                Documents.Kind.AGENT,
                forms.agents(),
                directory::agent,
                directory::agents,
                agent -> numberOfAnother(directory, agent),
                agent -> UnknownQueues.in(agent, queue -> directory.queue(queue).isPresent()),
                services);
        queues = new Configured<>(
                Documents.Kind.QUEUE,
                forms.queues(),
                directory::queue,
                directory::queues,
                queue -> Optional.empty(),
                queue -> List.of(),
                services);
        humans = new Configured<>(
                Documents.Kind.HUMAN,
                forms.humans(),
                directory::human,
                directory::humans,
                human -> Optional.empty(),
                human -> List.of(),
                services);
        trunks = new Configured<>(
                Documents.Kind.TRUNK,
                forms.trunks(),
                directory::trunk,
                directory::trunks,
                trunk -> Optional.empty(),
                trunk -> List.of(),
                services);
    }

    Configured<Agent> agents() {
        return agents;
    }

    Configured<Queue> queues() {
        return queues;
    }

    Configured<Human> humans() {
        return humans;
    }

    Configured<Trunk> trunks() {
        return trunks;
    }

    private static Optional<String> numberOfAnother(Directory directory, Agent agent) {
        for (NumberPattern number : agent.numbers()) {
            Optional<Agent> holder =
                    directory.holderOf(number).filter(other -> !other.id().equals(agent.id()));
            if (holder.isPresent()) {
                return Optional.of(
                        "numbers: " + number + " is agent " + holder.get().id() + "'s");
            }
        }
        return Optional.empty();
    }
}
