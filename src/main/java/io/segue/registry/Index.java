package io.segue.registry;

import io.segue.agent.Agent;
import io.segue.agent.NumberPattern;
import io.segue.human.Human;
import io.segue.human.Queue;
import io.segue.trunk.Network;
import io.segue.trunk.Trunk;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is configured, laid out for looking up; never changes. Where two claim the same, the lower id has it, on every gateway alike. */
final class Index {
    private final Map<String, Agent> wholeNumbers = new HashMap<>();
    private final Map<String, Agent> openNumbers = new HashMap<>();
    private final List<TrunkNetwork> networks = new ArrayList<>();
    private final Map<String, List<Human>> humansByQueue = new HashMap<>();
    private final Set<InetAddress> contactAddresses = new HashSet<>();
    private final Set<String> contactNames = new HashSet<>();
    final long version;

    private record TrunkNetwork(Network network, Trunk trunk) {}

    Index(
            long version,
            Collection<Agent> agents,
            Collection<Queue> queues,
            Collection<Human> humans,
            Collection<Trunk> trunks) {
        this.version = version;
        byId(agents, Agent::id).forEach(agent -> agent.numbers().forEach(number -> claim(number, agent)));
        byId(trunks, Trunk::id)
                .forEach(trunk -> trunk.addresses().forEach(network -> networks.add(new TrunkNetwork(network, trunk))));
        networks.sort(
                Comparator.comparingInt((TrunkNetwork entry) -> entry.network().bits())
                        .reversed());
        for (Human human : byId(humans, Human::id)) {
            human.queues().forEach(queue -> humansByQueue
                    .computeIfAbsent(queue, unused -> new ArrayList<>())
                    .add(human));
            Optional.ofNullable(human.contact()).ifPresent(this::contact);
        }
        for (Queue queue : queues) {
            for (Queue.Overflow step : queue.overflow()) {
                if (step instanceof Queue.Overflow.ToSip(String uri)) {
                    contact(uri);
                }
            }
        }
    }

    Optional<Agent> agentFor(String number) {
        Agent whole = wholeNumbers.get(number);
        for (int length = number.length(); whole == null && length >= 0; length--) {
            whole = openNumbers.get(number.substring(0, length));
        }
        return Optional.ofNullable(whole);
    }

    Optional<Agent> holderOf(NumberPattern number) {
        return Optional.ofNullable((number.open() ? openNumbers : wholeNumbers).get(number.prefix()));
    }

    Optional<Trunk> trunkAt(InetAddress address) {
        return networks.stream()
                .filter(entry -> entry.network().contains(address))
                .map(TrunkNetwork::trunk)
                .findFirst();
    }

    List<Human> humansOf(String queue) {
        return humansByQueue.getOrDefault(queue, List.of());
    }

    Set<InetAddress> contactAddresses() {
        return contactAddresses;
    }

    Set<String> contactNames() {
        return contactNames;
    }

    private void claim(NumberPattern number, Agent agent) {
        (number.open() ? openNumbers : wholeNumbers).putIfAbsent(number.prefix(), agent);
    }

    private void contact(String uri) {
        SipContact.of(uri).ifPresent(contact -> {
            try {
                contactAddresses.add(InetAddress.ofLiteral(contact.host()));
            } catch (IllegalArgumentException e) {
                contactNames.add(contact.host());
            }
        });
    }

    private static <T> Collection<T> byId(Collection<T> things, java.util.function.Function<T, String> id) {
        TreeMap<String, T> sorted = new TreeMap<>();
        things.forEach(thing -> sorted.put(id.apply(thing), thing));
        return sorted.values();
    }
}
