package io.segue.app;

import io.segue.agentlink.LinkCounters;
import io.segue.agentlink.VertxCallThreads;
import io.segue.api.observe.Gates;
import io.segue.api.observe.Heartbeats;
import io.segue.api.observe.Meters;
import io.segue.dtls.DtlsKeyAgreement;
import io.segue.flow.FlowCounters;
import io.segue.flow.Gateway;
import io.segue.flow.HandoffObserver;
import io.segue.handoff.Reason;
import io.segue.media.Media;
import io.segue.net.Drop;
import io.segue.net.SipEndpoint;
import io.segue.store.Store;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ties what the parts count, and whether they turn, to metrics and health. */
@Singleton
class GatewayMeters implements HandoffObserver {
    private final Meters meters;
    private final Heartbeats heartbeats;
    private final Gates gates;
    private volatile @Nullable Gateway gateway;

    @Inject
    GatewayMeters(Meters meters, Heartbeats heartbeats, Gates gates) {
        this.meters = meters;
        this.heartbeats = heartbeats;
        this.gates = gates;
    }

    @Override
    public void ended(Reason why, Reason how) {
        meters.handoffEnded(why.wire(), how.wire());
    }

    @Override
    public void connected(double handoffMs, double waitMs, double deadAirMs, double gapMs) {
        meters.connected(handoffMs, waitMs, deadAirMs, gapMs);
    }

    @Override
    public void answered(String agent) {
        meters.answered(agent);
    }

    @Override
    public void requested(String agent, @Nullable String queue, Reason why) {
        meters.requested(agent, queue == null ? "" : queue, why.wire());
        if (queue != null) {
            meters.waiting(queue, () -> waitingFor(queue));
        }
    }

    private long waitingFor(String queue) {
        Gateway now = gateway;
        return now == null ? 0 : now.waitingFor(queue);
    }

    void watch(
            SegueConfig config,
            SipEndpoint endpoint,
            Media media,
            DtlsKeyAgreement browserKeys,
            Store store,
            Gateway gateway,
            FlowCounters flow,
            LinkCounters links,
            VertxCallThreads threads) {
        this.gateway = gateway;
        health(endpoint, media, gateway);
        calls(config, gateway, flow);
        sip(endpoint);
        media(media);
        BrowserMeters.watch(meters, media, browserKeys);
        meters.gauge("segue_agent_sockets", "Agents' sockets open now", Map.of(), () -> links.snapshot()
                .live());
        meters.count(
                "segue_agent_frames_malformed",
                "Frames of agents that could not be used",
                Map.of(),
                () -> links.snapshot().malformedIn());
        meters.count(
                "segue_agent_frames_unknown",
                "Frames of agents that mean nothing to us",
                Map.of(),
                () -> links.snapshot().unknownIn());
        meters.gauge(
                "segue_store_up", "Whether Redis is there and knows everything", Map.of(), () -> store.up() ? 1 : 0);
        meters.gauge(
                "segue_store_waiting",
                "Share of the writes that may wait for Redis that waits, 0 to 1",
                Map.of(),
                store::waiting);
        meters.count(
                "segue_store_messages_refused",
                "Orders and answers in Redis that no gateway with our signing key has just sent",
                Map.of(),
                () -> store.counters().messagesRefused.sum());
    }

    private void health(SipEndpoint endpoint, Media media, Gateway gateway) {
        heartbeats.watch(
                "sip listeners", () -> System.nanoTime() - endpoint.health().sinceLastTurnMs() * 1_000_000);
        heartbeats.watch(
                "media loops", () -> System.nanoTime() - media.counters().oldestTurnNanos());
        gates.add("sip listeners open", () -> endpoint.health().open());
        gates.add("not draining", () -> !gateway.draining());
    }

    private void calls(SegueConfig config, Gateway gateway, FlowCounters flow) {
        meters.gauge("segue_calls_live", "Calls carried now", Map.of(), gateway::live);
        meters.gauge("segue_calls_max", "Calls that may be carried at once", Map.of(), () -> config.calls()
                .max());
        meters.gauge(
                "segue_peers_down",
                "Contacts that used to answer OPTIONS and no longer do",
                Map.of(),
                gateway.phones()::peersDown);
        meters.count("segue_calls_answered", "Calls answered", Map.of(), flow.answered::sum);
        meters.count("segue_calls_refused", "Calls refused", Map.of(), flow.refused::sum);
        meters.count("segue_faults", "Steps that threw, each of which ended its call", Map.of(), flow.faults::sum);
        meters.count("segue_mailbox_full", "Steps that found a call's mailbox full", Map.of(), flow.mailboxFull::sum);
        meters.count("segue_prewarms_wasted", "Pre-warmed humans let go unneeded", Map.of(), flow.prewarmsWasted::sum);
        meters.count("segue_supervisions", "Supervisors who were let hear a call", Map.of(), flow.supervisions::sum);
    }

    private void sip(SipEndpoint endpoint) {
        for (Drop why : Drop.values()) {
            meters.count(
                    "segue_sip_dropped",
                    "Messages that got no answer",
                    Map.of("reason", why.name().toLowerCase(Locale.ROOT)),
                    () -> endpoint.counters().dropped(why));
        }
        meters.gauge("segue_sip_transactions", "SIP transactions", Map.of(), endpoint::transactions);
        meters.gauge("segue_sip_websockets", "WebSockets that speak SIP", Map.of(), endpoint::webSocketsUp);
    }

    private void media(Media media) {
        meters.gauge("segue_media_legs", "Media legs open now", Map.of(), () -> media.counters()
                .legs());
        meters.gauge("segue_media_ports_free", "RTP port pairs that could be taken", Map.of(), () -> media.counters()
                .portsFree());
        meters.count("segue_media_port_shortages", "Legs refused for want of a port", Map.of(), () -> media.counters()
                .portShortages());
        meters.gauge("segue_media_backlog_bytes", "Agent audio that waits", Map.of(), () -> media.counters()
                .backlogBytes());
        meters.count(
                "segue_media_strangers",
                "RTP and RTCP packets dropped because they came from an address that is not the peer's",
                Map.of(),
                () -> media.counters().strangers());
        meters.count(
                "segue_media_received", "RTP packets taken on legs that are closed", Map.of(), () -> media.counters()
                        .reception()
                        .packets());
        meters.count(
                "segue_media_lost",
                "RTP packets missing from what the peers of closed legs sent",
                Map.of(),
                () -> media.counters().reception().lost());
        meters.count(
                "segue_media_heard", "Legs that are closed and had RTP of their peer", Map.of(), () -> media.counters()
                        .reception()
                        .legs());
        meters.count(
                "segue_media_jitter_micros",
                "The jitter that each closed leg ended with, added up",
                Map.of(),
                () -> media.counters().reception().jitterMicros());
        meters.count(
                "segue_media_crossings_dropped",
                "RTP packets that gave way to newer ones between two media loops",
                Map.of(),
                () -> media.counters().crossingsDropped());
        meters.count(
                "segue_media_events_behind",
                "Events of media loops that found the way to their calls full and waited behind it",
                Map.of(),
                () -> media.counters().eventsBehind());
        meters.count(
                "segue_media_digits_dropped",
                "Digits of peers that found the way to their calls full",
                Map.of(),
                () -> media.counters().digitsDropped());
        meters.count("segue_media_failures", "Faults on a media loop", Map.of(), () -> media.counters()
                .failures());
    }
}
