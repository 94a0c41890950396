package io.segue.audit;

/**
 * Who did something.
 *
 * @param name of the key or session; {@code agent:<id>} for an agent, {@code segue} for the gateway itself
 * @param role of the key or session; {@code agent}, {@code gateway}
 */
public record Actor(String name, String role) {
    /** What the gateway does by itself. */
    public static final Actor GATEWAY = new Actor("segue", "gateway");

    public static Actor agent(String id) {
        return new Actor("agent:" + id, "agent");
    }
}
