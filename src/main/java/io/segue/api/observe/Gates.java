package io.segue.api.observe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** What has to hold before new calls are sent here: listeners bound, the directory read, loops warm, not draining. */
public final class Gates {
    private final List<Gate> gates = new CopyOnWriteArrayList<>();

    private record Gate(String name, BooleanSupplier open) {}

    /** @param name such as {@code directory read} */
    public void add(String name, BooleanSupplier open) {
        gates.add(new Gate(name, open));
    }

    /** Which hold, by name. */
    public Map<String, Boolean> state() {
        Map<String, Boolean> state = new TreeMap<>();
        gates.forEach(gate -> state.put(gate.name, gate.open.getAsBoolean()));
        return state;
    }
}
