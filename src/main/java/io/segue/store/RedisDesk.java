package io.segue.store;

import static io.segue.store.Link.texts;
import static io.segue.store.Link.then;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Staff;
import io.segue.human.Presence;
import io.segue.human.PresenceState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The desk of all gateways: {@link DeskScript} while Redis is there, {@link Line} for the humans assigned to this gateway while it is not.
 *
 * <p>Every gateway follows what happens to everybody, so it knows who is free when Redis goes. What it then does by itself it writes back ({@link
 * WriteBack}) before it uses Redis again, and for a while after that it still reserves only those assigned to it: until then another gateway may
 * have rung somebody Redis has not heard of yet.
 */
final class RedisDesk implements Desk {
    private static final Logger LOG = Logger.getLogger(RedisDesk.class);
    private static final Set<PresenceState> CHOSEN = Set.of(PresenceState.AVAILABLE, PresenceState.AWAY);

    private final Link link;
    private final StoreThread thread;
    private final Staff staff;
    private final String node;
    private final DeskClock clock;
    private final DeskGateways gateways;
    private final Limits limits;
    private final FreeWatch watch;
    private final Line line = new Line();
    private final StandbyDesk standby;
    private final WriteBack writeBack;
    private final DeskAlone alone;

    /** Whether Redis is the truth now, rather than this memory. */
    private boolean shared;

    RedisDesk(
            Link link,
            StoreThread thread,
            Staff staff,
            Home home,
            String node,
            LongSupplier clockMs,
            Limits limits,
            Counters counters) {
        this.link = link;
        this.thread = thread;
        this.staff = staff;
        this.node = plain(node);
        this.clock = new DeskClock(clockMs);
        this.gateways = new DeskGateways(this.node, home, clock, limits.desk());
        this.limits = limits;
        this.watch = new FreeWatch(staff);
        this.writeBack = new WriteBack(line, node, counters, this::run);
        this.alone = new DeskAlone(line, staff, this.node, gateways, clock, writeBack, watch, counters);
        this.standby = new StandbyDesk(line, node, counters, writeBack, this::run);
    }

    @Override
    public CompletionStage<Outcome> reserve(Desk.Request request) {
        plain(request.handoff());
        plain(request.call());
        var outcome = new CompletableFuture<Outcome>();
        thread.execute(() -> {
            if (shared) {
                standby.take(request, staff.of(request.queue()), clock.nowUs())
                        .ifPresentOrElse(
                                human -> outcome.complete(outcomeOf(List.of(human))), () -> askRedis(request, outcome));
            } else {
                outcome.complete(outcomeOf(alone.reserve(request)));
            }
        });
        return outcome;
    }

    @Override
    public CompletionStage<Boolean> take(String human, String holder, String call, long leaseMs) {
        plain(human);
        plain(holder);
        plain(call);
        var taken = new CompletableFuture<Boolean>();
        thread.execute(() -> {
            if (!shared) {
                taken.complete(alone.take(human, holder, call, leaseMs));
            } else if (standby.isMine(human)) {
                taken.complete(standby.take(human, holder, call, leaseMs, clock.nowUs()));
            } else {
                askForOne(human, holder, call, leaseMs, taken);
            }
        });
        return taken;
    }

    private void askForOne(String human, String holder, String call, long leaseMs, CompletableFuture<Boolean> taken) {
        then(
                run("take", List.of(human, holder, call, "" + leaseMs, "0")),
                answer -> taken.complete(!texts(answer).isEmpty()),
                error -> fallBack(
                        error,
                        () -> {
                            writeBack.doubt(holder);
                            taken.complete(alone.take(human, holder, call, leaseMs));
                        },
                        taken::completeExceptionally));
    }

    @Override
    public void keep(String human, boolean here) {
        plain(human);
        thread.execute(() -> {
            standby.want(human, here);
            if (shared) {
                standby.tell();
            }
        });
    }

    @Override
    public void release(String human, String handoff, After after) {
        either(
                human,
                List.of("release", human, plain(handoff), after.name()),
                () -> line.release(human, handoff, after, clock.nowUs()));
    }

    @Override
    public void state(String human, String handoff, PresenceState state) {
        if (CHOSEN.contains(state)) {
            throw new IllegalArgumentException(state + " is chosen, or follows from a release");
        }
        either(
                human,
                List.of("state", human, plain(handoff), state.name()),
                () -> line.state(human, handoff, state, clock.nowUs()));
    }

    @Override
    public void renew(String human, String handoff) {
        either(human, List.of("renew", human, plain(handoff)), () -> line.renew(human, handoff, clock.nowUs()));
    }

    @Override
    public CompletionStage<Presence> choose(String human, boolean available) {
        plain(human);
        var presence = new CompletableFuture<Presence>();
        Runnable here = () -> {
            alone.change(human, () -> {
                line.choose(human, available, clock.nowUs());
                return true;
            });
            presence.complete(line.get(human).presence());
        };
        thread.execute(() -> {
            if (shared) {
                then(
                        run("choose", List.of(human, available ? "1" : "0")),
                        answer -> presence.complete(line.get(human).presence()),
                        error -> fallBack(error, here, presence::completeExceptionally));
            } else {
                here.run();
            }
        });
        return presence;
    }

    @Override
    public void standbyLeg(String human, boolean up) {
        either(human, List.of("leg", human, up ? "1" : "0"), () -> line.standbyLeg(human, up, clock.nowUs()));
    }

    @Override
    public CompletionStage<List<Presence>> presences() {
        var all = new CompletableFuture<List<Presence>>();
        thread.execute(() -> all.complete(new TreeSet<>(staff.everybody())
                .stream().map(human -> line.get(human).presence()).toList()));
        return all;
    }

    @Override
    public Cancel whenFree(String queue, Runnable callback) {
        return watch.add(queue, callback);
    }

    // What follows runs on the store's thread.

    private void askRedis(Desk.Request request, CompletableFuture<Outcome> outcome) {
        then(run("reserve", reservation(request)), answer -> outcome.complete(outcome(answer)), error -> {
            if (Link.isAway(error)) {
                writeBack.doubt(request.handoff());
                outcome.complete(outcomeOf(alone.reserve(request)));
            } else {
                outcome.completeExceptionally(error);
            }
        });
    }

    /** Redis is there: writes back, reads everything, and from then on Redis is the truth. */
    void up(Runnable afterwards) {
        then(
                writeBack.run().thenCompose(done -> run("beat", List.of())).thenCompose(alive -> {
                    gateways.met(texts(alive));
                    return run("all", List.of());
                }),
                all -> {
                    if (writeBack.pending()) {
                        up(afterwards);
                        return;
                    }
                    line.forgetAll();
                    texts(all).forEach(this::learn);
                    gateways.settle();
                    shared = true;
                    standby.tell();
                    watch.everything();
                    afterwards.run();
                },
                error -> {
                    if (!Link.isAway(error)) {
                        LOG.error("The desk could not be written back; this gateway goes on by itself", error);
                        thread.after(limits.connection().backoffMaxMs(), () -> {
                            if (link.up() && !shared) {
                                up(afterwards);
                            }
                        });
                    }
                });
    }

    void down() {
        shared = false;
        standby.doubt();
        writeBack.startOver();
    }

    /** The ear was deaf for a while. */
    void listenAgain() {
        if (shared) {
            then(run("all", List.of()), all -> texts(all).forEach(this::learn), error -> {});
        }
    }

    void heard(String message) {
        if (shared) {
            message.lines().forEach(this::learn);
        }
    }

    /** Shows that this gateway is there; without Redis, looks after its own leases. */
    void beat() {
        if (shared) {
            then(run("beat", List.of()), now -> gateways.seen(texts(now)), error -> {});
            var unused = link.send(io.vertx.redis.client.Request.cmd(Command.PUBLISH)
                    .arg(Ear.beatOf(node))
                    .arg("1"));
        } else {
            alone.sweep();
        }
    }

    void leave() {
        if (shared) {
            var unused = run("leave", List.of());
        }
    }

    boolean shared() {
        return shared;
    }

    private void either(String human, List<String> operation, BooleanSupplier inMemory) {
        plain(human);
        Runnable here = () -> alone.change(human, inMemory);
        thread.execute(() -> {
            if (shared) {
                then(
                        run(operation.getFirst(), operation.subList(1, operation.size())),
                        answer -> {},
                        error -> fallBack(error, here, bug -> {}));
            } else {
                here.run();
            }
        });
    }

    private static void fallBack(Throwable error, Runnable here, Consumer<Throwable> bug) {
        if (Link.isAway(error)) {
            here.run();
        } else {
            bug.accept(error);
        }
    }

    private List<String> reservation(Desk.Request request) {
        boolean settling = gateways.settling();
        var arguments = new ArrayList<>(List.of(
                request.handoff(),
                request.call(),
                "" + request.atMost(),
                "" + request.leaseMs(),
                request.prewarm() ? "1" : "0"));
        staff.of(request.queue()).stream().limit(limits.desk().staffMax()).forEach(member -> {
            boolean eligible = Line.eligible(member, request) && (!settling || gateways.assigned(member.human()));
            arguments.add((eligible ? "+" : "-") + member.human());
        });
        return arguments;
    }

    private CompletableFuture<@Nullable Response> run(String operation, List<String> arguments) {
        var all = new ArrayList<>(
                List.of(operation, DeskScript.CHANNEL, node, "" + limits.desk().graceMs()));
        all.addAll(arguments);
        return link.eval(DeskScript.SCRIPT, DeskScript.KEYS, all).thenApply(answer -> {
            if (answer == null) {
                throw new IllegalStateException("The desk's script gave nothing");
            }
            clock.redisSays(Long.parseLong(answer.get(0).toString()));
            if (shared) {
                answer.get(1).forEach(changed -> learn(changed.toString()));
            }
            return answer.get(2);
        });
    }

    private void learn(String text) {
        Place place = Place.read(text);
        if (place == null || standby.isOld(place)) {
            return;
        }
        Place before = line.learn(place);
        if (place.held() && place.node().equals(node)) {
            line.lease(place.human(), clock.nowMs() + place.leaseMs());
        }
        if (!before.free() && line.get(place.human()).free()) {
            watch.freed(place.human());
        }
    }

    private Outcome outcome(@Nullable Response humans) {
        return outcomeOf(texts(humans));
    }

    private static Outcome outcomeOf(List<String> humans) {
        return humans.isEmpty() ? new Outcome.NoneFree() : new Outcome.Reserved(humans);
    }

    /** Ids go between bars in the script's records. */
    private static String plain(String id) {
        if (id.isEmpty() || id.length() > 256 || id.indexOf('|') >= 0 || id.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("not an id: '" + id.replace('\n', ' ') + "'");
        }
        return id;
    }
}
