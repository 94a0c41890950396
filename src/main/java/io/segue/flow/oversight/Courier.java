package io.segue.flow.oversight;

import io.segue.flow.record.StoreAway;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Orders from one gateway to another, and what came of them. */
public interface Courier {
    /**
     * Brings an order to a gateway.
     *
     * @param order a tree of maps, lists, strings, numbers and booleans
     * @return the other's answer, such a tree too; fails with {@link StoreAway} when none comes in time. The order may have been carried out all the same
     */
    CompletionStage<Map<String, Object>> ask(String node, Map<String, Object> order);

    /** Who answers what other gateways order; called on a thread that must not be held up. */
    void answer(Function<Map<String, Object>, CompletionStage<Map<String, Object>>> clerk);
}
