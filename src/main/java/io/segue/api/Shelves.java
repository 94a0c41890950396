package io.segue.api;

import io.segue.agent.Agent;
import io.segue.agent.NumberPattern;
import io.segue.flow.registry.Documents;
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
            RegistryChanges changes,
            Directory directory,
            Forms forms,
            io.segue.registry.Limits limits) {
        Configured.Services services = new Configured.Services(json, answers, changes, limits.documentsMax());
        agents = new Configured<>(
                Documents.Kind.AGENT,
                forms.agents(),
                new Configured.Shelf<>(directory::agent, directory::agents, directory::agentStamp),
                Configured.Guard.open(),
                agent -> numberOfAnother(directory, agent),
                agent -> UnknownQueues.in(agent, queue -> directory.queue(queue).isPresent()),
                services);
        queues = new Configured<>(
                Documents.Kind.QUEUE,
                forms.queues(),
                new Configured.Shelf<>(directory::queue, directory::queues, directory::queueStamp),
                Configured.Guard.open(),
                queue -> Optional.empty(),
                queue -> List.of(),
                services);
        humans = new Configured<>(
                Documents.Kind.HUMAN,
                forms.humans(),
                new Configured.Shelf<>(directory::human, directory::humans, directory::humanStamp),
                new Promotions(),
                human -> Optional.empty(),
                human -> List.of(),
                services);
        trunks = new Configured<>(
                Documents.Kind.TRUNK,
                forms.trunks(),
                new Configured.Shelf<>(directory::trunk, directory::trunks, directory::trunkStamp),
                Configured.Guard.open(),
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
