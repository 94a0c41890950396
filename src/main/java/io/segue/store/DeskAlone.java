package io.segue.store;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Staff;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The desk of this gateway's humans while Redis is away: {@link Line}, and what is to be written back. Used on the store's thread. */
final class DeskAlone {
    private final Line line;
    private final Staff staff;
    private final String node;
    private final DeskGateways gateways;
    private final DeskClock clock;
    private final WriteBack writeBack;
    private final FreeWatch watch;
    private final Counters counters;

    DeskAlone(
            Line line,
            Staff staff,
            String node,
            DeskGateways gateways,
            DeskClock clock,
            WriteBack writeBack,
            FreeWatch watch,
            Counters counters) {
        this.line = line;
        this.staff = staff;
        this.node = node;
        this.gateways = gateways;
        this.clock = clock;
        this.writeBack = writeBack;
        this.watch = watch;
        this.counters = counters;
    }

    /** The humans that were reserved. */
    List<String> reserve(Desk.Request request) {
        sweep();
        List<Place> taken = line.reserve(request, staff.of(request.queue()), node, gateways::assigned, clock.nowUs());
        taken.forEach(place -> writeBack.changed(place.human(), Place.unknown(place.human())));
        counters.localReservations.add(taken.size());
        return taken.stream().map(Place::human).toList();
    }

    boolean take(String human, String holder, String call, long leaseMs) {
        sweep();
        boolean ours = gateways.assigned(human) && line.take(human, holder, call, node, leaseMs, clock.nowUs());
        if (ours) {
            writeBack.changed(human, Place.unknown(human));
            counters.localReservations.increment();
        }
        return ours;
    }

    /** Frees those of this gateway whose lease has expired. */
    void sweep() {
        for (Place place : List.copyOf(line.all())) {
            if (place.held() && place.node().equals(node)) {
                change(place.human(), () -> line.expire(place.human(), clock.nowUs()));
            }
        }
    }

    /** @param inMemory changes the line; whether it did */
    void change(String human, BooleanSupplier inMemory) {
        Place before = line.get(human);
        if (inMemory.getAsBoolean()) {
            writeBack.changed(human, before);
            if (!before.free() && line.get(human).free()) {
                watch.freed(human);
            }
        }
    }
}
