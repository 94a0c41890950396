package io.segue.flow.record;

import java.util.Map;

/** Pushes to the outside; started, never awaited. */
@FunctionalInterface
public interface Webhooks {
    /**
     * Posts {@code {"id","type","at","data"}} with retries (RFC 9110 POST; 2xx is success), signed.
     *
     * @param type {@code context}, {@code handoff}, {@code call}
     */
    void post(String type, Map<String, Object> data);
}
