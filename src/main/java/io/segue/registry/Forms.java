package io.segue.registry;

/** The forms of all kinds. */
public final class Forms {
    private final AgentForm agents;
    private final QueueForm queues;
    private final HumanForm humans;
    private final TrunkForm trunks;

    /** @param realm the realm that humans register in; their stored credentials hold for it alone */
    public Forms(String realm, Limits limits) {
        agents = new AgentForm(limits);
        queues = new QueueForm(limits);
        humans = new HumanForm(realm, limits);
        trunks = new TrunkForm(limits);
    }

    public AgentForm agents() {
        return agents;
    }

    public QueueForm queues() {
        return queues;
    }

    public HumanForm humans() {
        return humans;
    }

    public TrunkForm trunks() {
        return trunks;
    }

    /** What was shown may be written back: then its id has to be the one it is written under; its version and time say nothing. */
    static void sameId(Fields f, String id) {
        f.has("version");
        f.has("changedAt");
        if (!Ids.valid(id)) {
            f.error("id", Ids.RULE);
        }
        f.text("id", Integer.MAX_VALUE)
                .filter(other -> !other.equals(id))
                .ifPresent(other -> f.error("id", "has to be left out or to be " + id));
    }
}
