package io.segue.app;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What carries a call: SIP, RTP, agents' sockets and the calls themselves. Part of {@link SegueConfig}. */
public interface LineConfig {
    /** SIP over UDP, TCP and WebSocket. */
    interface Sip {
        /** The address to listen on. */
        @WithDefault("0.0.0.0")
        String host();

        /** The port to listen on, UDP and TCP; 0: any free one. */
        @WithDefault("5060")
        int port();

        /** Addresses or networks of proxies in front of us; the trunk is judged by the Via below theirs. */
        Optional<List<String>> proxies();

        /** The realm that humans' phones register in; their stored credentials hold for it alone. */
        @WithDefault("segue")
        String realm();

        /** What the User-Agent of a phone begins with that gives up at a challenge it does not know (RFC 8760): it is asked for MD5 alone. */
        @WithDefault("baresip v0,baresip v1,baresip v2,baresip v3,Twinkle/1")
        List<String> md5UserAgents();

        /** Whether answers over UDP go to the port a request came from, even if the peer does not ask for it by {@code rport} (RFC 3581). */
        @WithDefault("false")
        boolean replyToSource();

        /** Transactions at once; past it 503. */
        @WithDefault("20000")
        int transactionsMax();

        /** TCP connections at once. */
        @WithDefault("2000")
        int connectionsMax();

        /** A TCP connection without traffic is closed after so long. */
        @WithDefault("10m")
        Duration idleTimeout();

        /** REGISTERs that one address may send in a minute. */
        @WithDefault("60")
        int registersPerMinuteMax();

        /** The shortest registration. */
        @WithDefault("60s")
        Duration registrationMin();

        /** The longest registration, and the one given when none is asked for. */
        @WithDefault("1h")
        Duration registrationMax();

        /** How often a fixed contact and an overflow address is asked by OPTIONS whether it is there. */
        @WithDefault("30s")
        Duration peerPingEvery();

        /** So many unanswered in a row, by one that used to answer, and it is not called until it answers again. */
        @WithDefault("3")
        int peerPingUnansweredMax();

        /** An OPTIONS without an answer for so long is unanswered. */
        @WithDefault("5s")
        Duration peerPingTimeout();

        /** How often the host name of a fixed contact is looked up again; while that fails its last addresses hold. */
        @WithDefault("5m")
        Duration contactLookupEvery();

        /** Contacts that one human may register; those they like best ring together. */
        @WithDefault("10")
        int contactsMax();

        WebSocketPhones ws();
    }

    /** SIP over WebSocket (RFC 7118), at {@code /sip} of the HTTP port. */
    interface WebSocketPhones {
        /** Pages that may open one beside those of this gateway's own host: {@code https://desk.example}; {@code *} for any. */
        Optional<List<String>> origins();

        /** WebSockets at once; past it 503. */
        @WithDefault("2000")
        int socketsMax();

        /** Of them from one address, which may be that of a whole office; past it 503. */
        @WithDefault("500")
        int socketsPerAddressMax();

        /** How often a browser is asked whether it is there. */
        @WithDefault("20s")
        Duration pingEvery();

        /** A WebSocket on which nothing came for so long, no answer to a ping either, is gone. */
        @WithDefault("60s")
        Duration silentMax();

        /** One down which nobody is registered for so long is closed. */
        @WithDefault("30s")
        Duration unregisteredMax();

        /** So long a page whose WebSocket is gone may come back, or be loaded anew, and has its call still. */
        @WithDefault("15s")
        Duration backWithin();
    }

    /** RTP. */
    interface Media {
        /** The UDP ports for RTP (even) and RTCP (odd), first and last. */
        @WithDefault("20000-29999")
        String ports();

        /** The one UDP port of all browsers (WebRTC); 0: any free one. */
        @WithDefault("10000")
        int browserPort();

        /** Browsers' legs open at once. */
        @WithDefault("1000")
        int browsersMax();

        /** The address to bind RTP to; none: that of SIP. */
        Optional<String> host();

        /** Media threads; 0: one fewer than cores, at least one. */
        @WithDefault("0")
        int loops();

        /** How long a port rests before it is used again, so that late packets never leak into another call. */
        @WithDefault("5s")
        Duration portRest();

        /** A leg without RTP for so long has lost it. */
        @WithDefault("30s")
        Duration rtpTimeout();

        /** Agent audio that may wait for a call, in seconds. */
        @WithDefault("60s")
        Duration backlog();

        /** Agent audio that may wait for all calls together, in bytes. */
        @WithDefault("268435456")
        long backlogBytesMax();

        /** A directory of sounds, {@code <id>.ulaw}, 8 kHz mu-law without a header; none: those that come with the program. */
        Optional<Path> sounds();
    }

    /** The WebSockets to agents. */
    interface AgentLinks {
        /** The handshake has to be done within so long. */
        @WithDefault("2s")
        Duration connectTimeout();

        /** The first audio has to come within so long. */
        @WithDefault("5s")
        Duration firstAudioTimeout();

        /** How often the socket is pinged; a missing pong closes it. */
        @WithDefault("20s")
        Duration pingInterval();

        /** Caller audio that may wait for an agent that does not read. */
        @WithDefault("5s")
        Duration slowAfter();

        /** The largest frame taken from an agent, in bytes; past it 1009. */
        @WithDefault("786432")
        int frameBytesMax();
    }

    /** Calls as a whole. */
    interface Calls {
        /** Calls at once; past it 503 with Retry-After. */
        @WithDefault("2000")
        int max();

        /** Above this share of all cores, for three seconds, new calls are refused with 503 and Retry-After. */
        @WithDefault("0.95")
        double cpuMax();

        /** Above this share of the writes that may wait while Redis is away, new calls are refused with 503 and Retry-After. */
        @WithDefault("0.9")
        double storeMax();

        /** Threads that calls run on; 0: as many as cores, at most four. */
        @WithDefault("0")
        int threads();

        /** Events that may wait for a call; past it the call is ended. */
        @WithDefault("1000")
        int mailboxMax();

        /** A call is ended after so long. */
        @WithDefault("8h")
        Duration durationMax();
    }
}
