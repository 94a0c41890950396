package io.segue.app;

import io.segue.flow.Settings;
import io.segue.flow.phone.PhoneSettings;
import io.segue.media.BrowserLimits;
import io.segue.net.WebSocketConfig;
import io.segue.sip.transaction.SentBy;
import io.segue.trunk.PeerPing;
import java.net.URI;

/** The limits of each package, as they are set. What has no setting keeps its package's default. */
final class Limited {
    private Limited() {}

    static Settings flow(SegueConfig config, String node) {
        Settings defaults = Settings.defaults(node);
        return new Settings(
                node,
                config.calls().max(),
                config.calls().mailboxMax(),
                config.calls().durationMax().toMillis(),
                config.store().reservationLease().toMillis(),
                config.xHeaders(),
                phones(config.sip()),
                defaults.announcement());
    }

    private static PhoneSettings phones(LineConfig.Sip set) {
        PhoneSettings defaults = PhoneSettings.defaults();
        int pingEveryMs = Math.toIntExact(set.peerPingEvery().toMillis());
        return new PhoneSettings(
                defaults.standbyRtpMs(),
                defaults.standbyCheckMs(),
                set.md5UserAgents(),
                new PeerPing.Rules(
                        pingEveryMs,
                        pingEveryMs,
                        Math.toIntExact(set.peerPingTimeout().toMillis()),
                        set.peerPingUnansweredMax()));
    }

    static int threads(SegueConfig config) {
        int set = config.calls().threads();
        return set > 0 ? set : Math.min(4, Runtime.getRuntime().availableProcessors());
    }

    static io.segue.agentlink.Limits agents(SegueConfig config) {
        LineConfig.AgentLinks set = config.agent();
        io.segue.agentlink.Limits defaults = io.segue.agentlink.Limits.defaults();
        return new io.segue.agentlink.Limits(
                set.connectTimeout().toMillis(),
                set.firstAudioTimeout().toMillis(),
                set.pingInterval().toMillis(),
                defaults.closeMs(),
                set.frameBytesMax(),
                Math.toIntExact(set.slowAfter().toMillis() / 20),
                defaults.malformedFramesMax(),
                defaults.socketsMax(),
                defaults.sendBufferBytes());
    }

    static io.segue.media.Limits media(SegueConfig config) {
        LineConfig.Media set = config.media();
        io.segue.media.Limits defaults = io.segue.media.Limits.defaults();
        return new io.segue.media.Limits(
                Math.toIntExact(set.backlog().toMillis()),
                set.backlogBytesMax(),
                defaults.marksMax(),
                defaults.tapFramesMax(),
                defaults.crossingPacketsMax(),
                defaults.loopEventsMax(),
                defaults.receiveBufferBytes(),
                Math.toIntExact(set.portRest().toMillis()),
                Math.toIntExact(set.rtpTimeout().toMillis()),
                defaults.rtcpIntervalMs(),
                defaults.digitsMax(),
                defaults.soundBytesMax());
    }

    static BrowserLimits browsers(SegueConfig config) {
        BrowserLimits defaults = BrowserLimits.defaults();
        return new BrowserLimits(
                config.media().browsersMax(),
                defaults.addressesPerLegMax(),
                defaults.handshakesPerLegMax(),
                defaults.earlyDatagramsMax(),
                defaults.earlyPacketsMax(),
                defaults.silenceMs(),
                defaults.readsMax(),
                defaults.receiveBufferBytes());
    }

    static io.segue.net.Limits net(SegueConfig config) {
        LineConfig.Sip set = config.sip();
        io.segue.net.Limits defaults = io.segue.net.Limits.defaults();
        return new io.segue.net.Limits(
                defaults.messageBytesMax(),
                defaults.datagramBytesMax(),
                set.connectionsMax(),
                defaults.strangerConnectionsMax(),
                defaults.unsentBytesMax(),
                Math.toIntExact(set.idleTimeout().toMillis()),
                defaults.firstMessageMs(),
                defaults.connectMs(),
                set.registersPerMinuteMax(),
                defaults.registersPerSecondMax(),
                defaults.registerSourcesMax(),
                defaults.calledPeersMax(),
                defaults.datagramBufferBytes());
    }

    static WebSocketConfig webSockets(SegueConfig config) {
        LineConfig.WebSocketPhones set = config.sip().ws();
        URI url = config.publicUrl();
        int otherwise = "https".equals(url.getScheme()) ? 443 : 80;
        return new WebSocketConfig(
                new SentBy(url.getHost(), url.getPort() < 0 ? otherwise : url.getPort()),
                set.socketsMax(),
                set.socketsPerAddressMax(),
                Math.toIntExact(set.pingEvery().toMillis()),
                Math.toIntExact(set.silentMax().toMillis()),
                Math.toIntExact(set.unregisteredMax().toMillis()));
    }

    static io.segue.sip.transaction.Limits transactions(SegueConfig config) {
        io.segue.sip.transaction.Limits defaults = io.segue.sip.transaction.Limits.defaults();
        return new io.segue.sip.transaction.Limits(
                defaults.t1Ms(),
                defaults.t2Ms(),
                defaults.t4Ms(),
                defaults.tryingMs(),
                defaults.proceedingMsMax(),
                config.sip().transactionsMax(),
                defaults.retryAfterSeconds(),
                defaults.datagramRequestBytesMax());
    }

    static io.segue.sip.registrar.Limits registrar(SegueConfig config) {
        LineConfig.Sip set = config.sip();
        long max = set.registrationMax().toSeconds();
        return new io.segue.sip.registrar.Limits(max, set.registrationMin().toSeconds(), max, set.contactsMax());
    }

    static io.segue.store.Limits store(SegueConfig config) {
        io.segue.store.Limits defaults = io.segue.store.Limits.defaults();
        return defaults.withCallTimes(
                        defaults.calls().liveTtlMs(),
                        config.store().retention().toMillis(),
                        defaults.calls().endedKeepMs())
                .withEvents(
                        config.store().eventsMax(),
                        config.store().pendingMax(),
                        config.api().subscriberEventsMax())
                .withUnfiled(config.registry().unfiledMax());
    }
}
