package io.segue.registry;

import io.segue.agent.Agent;
import io.segue.agent.NumberPattern;
import io.segue.human.Human;
import io.segue.human.Queue;
import io.segue.trunk.Trunk;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is configured, in memory, kept up by whoever hears of changes. Safe from any thread; what it hands out never changes,
 * so a call goes on with the agent it began with when that agent is changed or deleted.
 */
public final class Directory {
    private final Forms forms;
    private final Shelf<Agent> agents = new Shelf<>();
    private final Shelf<Queue> queues = new Shelf<>();
    private final Shelf<Human> humans = new Shelf<>();
    private final Shelf<Trunk> trunks = new Shelf<>();
    private final Map<String, Set<InetAddress>> resolved = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private volatile Index index = new Index(0, List.of(), List.of(), List.of(), List.of());

    public Directory(Forms forms) {
        this.forms = forms;
    }

    /**
     * Takes an agent as it was stored, or takes it away.
     *
     * @param stored none: it was deleted
     * @return why it could not be read; then it is as if it were deleted
     */
    public List<FieldError> agent(String id, @Nullable Map<String, ?> stored) {
        return take(agents, forms.agents(), id, stored);
    }

    /** Takes a queue, as {@link #agent} does. */
    public List<FieldError> queue(String id, @Nullable Map<String, ?> stored) {
        return take(queues, forms.queues(), id, stored);
    }

    /** Takes a human, as {@link #agent} does. */
    public List<FieldError> human(String id, @Nullable Map<String, ?> stored) {
        return take(humans, forms.humans(), id, stored);
    }

    /** Takes a trunk, as {@link #agent} does. */
    public List<FieldError> trunk(String id, @Nullable Map<String, ?> stored) {
        return take(trunks, forms.trunks(), id, stored);
    }

    /** Says which addresses the host name of a fixed contact stands for now; see {@link #contactNames}. */
    public void resolved(String host, Set<InetAddress> addresses) {
        resolved.put(host, Set.copyOf(addresses));
    }

    public Optional<Agent> agent(String id) {
        return agents.get(id);
    }

    public Optional<Human> human(String id) {
        return humans.get(id);
    }

    public Optional<Trunk> trunk(String id) {
        return trunks.get(id);
    }

    /** A queue as described; none: nobody has described it, see {@link Queue#named}. */
    public Optional<Queue> queue(String id) {
        return queues.get(id);
    }

    /** By id. */
    public List<Agent> agents() {
        return agents.all();
    }

    public List<Queue> queues() {
        return queues.all();
    }

    public List<Human> humans() {
        return humans.all();
    }

    public List<Trunk> trunks() {
        return trunks.all();
    }

    /** Which version of an agent's document it is. */
    public Stamp agentStamp(String id) {
        return agents.stamp(id);
    }

    public Stamp queueStamp(String id) {
        return queues.stamp(id);
    }

    public Stamp humanStamp(String id) {
        return humans.stamp(id);
    }

    public Stamp trunkStamp(String id) {
        return trunks.stamp(id);
    }

    /** The agent that a called number reaches: of all patterns that match, the longest. */
    public Optional<Agent> agentFor(String calledNumber) {
        return index().agentFor(calledNumber);
    }

    /** Who has exactly this pattern. */
    public Optional<Agent> holderOf(NumberPattern number) {
        return index().holderOf(number);
    }

    /** The trunk that signals from an address: of all networks it lies in, the smallest. */
    public Optional<Trunk> trunkAt(InetAddress source) {
        return index().trunkAt(source);
    }

    /** The trunk that a host belongs to, by its address, or by those that it has been {@link #resolved} to. */
    public Optional<Trunk> trunkOf(String host) {
        return addresses(host).stream()
                .flatMap(address -> trunkAt(address).stream())
                .findFirst();
    }

    private Set<InetAddress> addresses(String host) {
        try {
            return Set.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return resolved.getOrDefault(host.toLowerCase(Locale.ROOT), Set.of());
        }
    }

    /** The humans who serve a queue and have each of the skills, by id. */
    public List<Human> humansOf(String queue, Collection<String> skills) {
        return index().humansOf(queue).stream()
                .filter(human -> human.skills().containsAll(skills))
                .toList();
    }

    /** Whether it is the address of a human's fixed contact, or of a SIP URI that a queue overflows to. */
    public boolean isContact(InetAddress source) {
        Index now = index();
        return now.contactAddresses().contains(source)
                || now.contactNames().stream()
                        .anyMatch(name -> resolved.getOrDefault(name, Set.of()).contains(source));
    }

    /** The host names among the contacts: they mean nothing until somebody has {@link #resolved} them. */
    public Set<String> contactNames() {
        return Set.copyOf(index().contactNames());
    }

    private <T> List<FieldError> take(Shelf<T> shelf, Form<T> form, String id, @Nullable Map<String, ?> stored) {
        Read<T> read = stored == null ? new Read.Invalid<>(List.of()) : form.load(id, stored);
        List<FieldError> errors =
                switch (read) {
                    case Read.Ok<T>(T thing) -> {
                        shelf.put(id, thing, stored == null ? Stamp.NONE : Stamp.of(stored));
                        yield List.of();
                    }
                    case Read.Invalid<T>(List<FieldError> wrong) -> {
                        shelf.remove(id);
                        yield wrong;
                    }
                };
        version.incrementAndGet();
        return errors;
    }

    /** Laid out anew at the first look after a change, so that loading many documents is not paid for each time. */
    private Index index() {
        Index current = index;
        return current.version == version.get() ? current : layOut();
    }

    private synchronized Index layOut() {
        long now = version.get();
        if (index.version != now) {
            index = new Index(now, agents.all(), queues.all(), humans.all(), trunks.all());
        }
        return index;
    }

    /** The things of one kind, by id. */
    private static final class Shelf<T> {
        private record Entry<T>(T thing, Stamp stamp) {}

        private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();

        void put(String id, T thing, Stamp stamp) {
            entries.put(id, new Entry<>(thing, stamp));
        }

        void remove(String id) {
            entries.remove(id);
        }

        Optional<T> get(String id) {
            return Optional.ofNullable(entries.get(id)).map(Entry::thing);
        }

        Stamp stamp(String id) {
            Entry<T> entry = entries.get(id);
            return entry == null ? Stamp.NONE : entry.stamp();
        }

        List<T> all() {
            return new TreeMap<>(entries).values().stream().map(Entry::thing).toList();
        }
    }
}
