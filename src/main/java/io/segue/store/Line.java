package io.segue.store;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Staff;
import io.segue.human.PresenceState;
import io.segue.store.Place.Chosen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The desk in memory: what this gateway last saw of everybody, and the same rules as {@link DeskScript}, for the time without Redis. Time is an
 * argument, in microseconds.
 */
final class Line {
    /** At most one in so many of a queue's free humans is held for pre-warms. */
    static final int PREWARM_SHARE = 5;

    private static final Comparator<Place> BY_PLACE =
            Comparator.comparingLong(Place::placeUs).thenComparing(Place::human);

    private final Map<String, Place> places = new HashMap<>();
    /** When what this gateway holds expires, by human, in milliseconds. */
    private final Map<String, Long> leases = new HashMap<>();

    Place get(String human) {
        Place known = places.get(human);
        return known == null ? Place.unknown(human) : known;
    }

    Collection<Place> all() {
        return places.values();
    }

    /** Takes what Redis says, unless something newer is known; gives what was known before. */
    Place learn(Place place) {
        Place before = get(place.human());
        if (place.revision() >= before.revision()) {
            places.put(place.human(), place);
        }
        return before;
    }

    void forgetAll() {
        places.clear();
        leases.clear();
    }

    /** The longest idle first, each of whom {@code allowed} accepts. */
    List<Place> reserve(
            Desk.Request request, List<Staff.Member> staff, String node, Predicate<String> allowed, long nowUs) {
        int free = 0;
        int warm = 0;
        var pool = new ArrayList<Place>();
        for (Staff.Member member : staff) {
            Place place = get(member.human());
            if (place.warm() && place.held()) {
                warm++;
            }
            if (place.free()) {
                free++;
                if (eligible(member, request) && allowed.test(member.human())) {
                    pool.add(place);
                }
            }
        }
        int atMost = request.atMost();
        if (request.prewarm()) {
            atMost = Math.min(atMost, Math.max(1, (free + warm) / PREWARM_SHARE) - warm);
        }
        pool.sort(BY_PLACE);
        var taken = new ArrayList<Place>();
        for (Place place : pool.subList(0, Math.clamp(atMost, 0, pool.size()))) {
            taken.add(put(place.reservedBy(
                    request.handoff(), request.call(), node, request.leaseMs(), request.prewarm(), nowUs / 1000)));
            leases.put(place.human(), nowUs / 1000 + request.leaseMs());
        }
        return taken;
    }

    /** Reserves one human, whatever they chose; false where another holds them. */
    boolean take(String human, String holder, String call, String node, long leaseMs, long nowUs) {
        Place place = get(human);
        if (place.held() && !place.handoff().equals(holder)) {
            return false;
        }
        put(place.reservedBy(holder, call, node, leaseMs, false, nowUs / 1000));
        leases.put(human, nowUs / 1000 + leaseMs);
        return true;
    }

    /** Who would be reserved first, were everybody allowed. */
    Optional<Place> longestIdle(Desk.Request request, List<Staff.Member> staff) {
        return staff.stream()
                .filter(member -> eligible(member, request))
                .map(member -> get(member.human()))
                .filter(Place::free)
                .min(BY_PLACE);
    }

    static boolean eligible(Staff.Member member, Desk.Request request) {
        return !request.except().contains(member.human()) && member.skills().containsAll(request.skills());
    }

    boolean release(String human, String handoff, Desk.After after, long nowUs) {
        Place place = get(human);
        if (!place.held() || !place.handoff().equals(handoff)) {
            return false;
        }
        boolean last = after == Desk.After.UNANSWERED && place.unanswered() >= 1;
        put(
                switch (after) {
                    case SAME_PLACE -> place.freed(place.chosen(), place.placeUs(), place.unanswered(), nowUs / 1000);
                    case END_OF_LINE -> place.freed(place.chosen(), nowUs, 0, nowUs / 1000);
                    case UNANSWERED ->
                        place.freed(last ? Chosen.AWAY : place.chosen(), nowUs, place.unanswered() + 1, nowUs / 1000);
                    case AWAY -> place.freed(Chosen.AWAY, nowUs, place.unanswered(), nowUs / 1000);
                });
        leases.remove(human);
        return true;
    }

    boolean state(String human, String handoff, PresenceState state, long nowUs) {
        Place place = get(human);
        if (!place.held() || !place.handoff().equals(handoff)) {
            return false;
        }
        put(place.doing(state, nowUs / 1000));
        return renew(human, handoff, nowUs);
    }

    boolean renew(String human, String handoff, long nowUs) {
        Place place = get(human);
        if (!place.held() || !place.handoff().equals(handoff)) {
            return false;
        }
        leases.put(human, nowUs / 1000 + place.leaseMs());
        return true;
    }

    Place choose(String human, boolean available, long nowUs) {
        return choose(get(human), available ? Chosen.AVAILABLE : Chosen.AWAY, nowUs);
    }

    /** Whether it changes anything. */
    boolean standbyLeg(String human, boolean up, long nowUs) {
        Place place = get(human);
        if (place.chosen() != (up ? Chosen.LEG_LOST : Chosen.AVAILABLE)) {
            return false;
        }
        choose(place, up ? Chosen.AVAILABLE : Chosen.LEG_LOST, nowUs);
        return true;
    }

    private Place choose(Place place, Chosen next, long nowUs) {
        if (place.held() || place.chosen() == next) {
            return put(place.choosing(next));
        }
        boolean available = next == Chosen.AVAILABLE;
        return put(place.freed(
                next, available ? nowUs : place.placeUs(), available ? 0 : place.unanswered(), nowUs / 1000));
    }

    /** Frees a human this gateway holds when nobody has spoken of them for the length of the lease; whom others hold only Redis can free. */
    boolean expire(String human, long nowUs) {
        Place place = get(human);
        Long until = leases.get(human);
        if (!place.held() || until == null || until > nowUs / 1000) {
            return false;
        }
        boolean talked = place.state() == PresenceState.TALKING || place.state() == PresenceState.WRAP_UP;
        put(place.freed(place.chosen(), talked ? nowUs : place.placeUs(), place.unanswered(), nowUs / 1000));
        leases.remove(human);
        return true;
    }

    /** Notes when a reservation of this gateway expires, as long as Redis keeps it. */
    void lease(String human, long untilMs) {
        leases.put(human, untilMs);
    }

    private Place put(Place place) {
        places.put(place.human(), place);
        return place;
    }
}
