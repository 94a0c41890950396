package io.segue.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was decided or done.
 *
 * @param kind {@code thing.verb}, such as {@code handoff.requested}, {@code agent.changed}, {@code signoff.decided}
 * @param call the call it belongs to
 * @param body a tree of maps, lists, strings, numbers and booleans; no secrets
 */
public record Entry(String kind, @Nullable String call, Actor actor, Map<String, Object> body) {}
