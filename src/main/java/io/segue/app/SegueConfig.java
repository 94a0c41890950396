package io.segue.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set, under {@code segue.*}; {@code segue.sip.port} is {@code SEGUE_SIP_PORT} in the environment. docs/configuration.md lists it all. */
@ConfigMapping(prefix = "segue")
public interface SegueConfig {
    /** The address that peers reach SIP and RTP at, when it is another than the one bound to (NAT, 1:1 cloud addresses); none: the one bound to. */
    Optional<String> advertisedAddress();

    /** What this gateway is called among others; none: the host's name and a random part. */
    Optional<String> node();

    /**
     * What the keys follow from that sign links to a call's context, sessions, sign-offs (unless segue.signing.keys) and the trail's heads, 32 characters or more, the same on every gateway; none: a
     * random one that lasts until the restart.
     */
    Optional<String> signingKey();

    /** Where browsers and phones reach this gateway's HTTP, for links in {@code Call-Info}. */
    @WithDefault("http://localhost:8080")
    URI publicUrl();

    /** X- headers of an INVITE that the agent and the human are told, by name, whatever their case. */
    @WithDefault("X-Account-Id,X-Customer-Id,X-Correlation-Id")
    List<String> xHeaders();

    Sip sip();

    Media media();

    AgentLinks agent();

    Calls calls();

    Api api();

    Registry registry();

    Session session();

    Webhook webhook();

    Store store();

    Archive archive();

    Review review();

    Audit audit();

    Signoff signoff();

    Signing signing();

    Redaction redaction();

    Contacts contacts();

    Retention retention();

    Insight insight();

    Health health();

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

    /** The REST interface. */
    interface Api {
        /** {@code name:role:secret,…}; the roles are human, reviewer, specialist, supervisor, admin; a secret has 16 characters or more. Needed but in dev. */
        Optional<String> keys();

        /** How long a signed link to a call's context is good. */
        @WithDefault("4h")
        Duration linkLifetime();

        /** The largest body of a request, in bytes; past it 413. */
        @WithDefault("262144")
        int bodyBytesMax();

        /** Objects and lists within each other in a body. */
        @WithDefault("32")
        int jsonDepthMax();

        /** Calls in one answer. */
        @WithDefault("1000")
        int listMax();

        /** Characters of a turn's text or of a note. */
        @WithDefault("16384")
        int textCharsMax();

        /** Event streams open at once; past it 503. */
        @WithDefault("100")
        int subscribersMax();

        /** Events that may wait for a slow reader of a stream; past it the stream ends. Has to be more than segue.store.events-max. */
        @WithDefault("4000")
        int subscriberEventsMax();

        /** How often an idle event stream is written to. */
        @WithDefault("15s")
        Duration heartbeat();

        /** How long the store or a call may take to answer a request; past it 503. */
        @WithDefault("3s")
        Duration timeout();
    }

    /** What is configured. */
    interface Registry {
        /** Agents, queues, humans and trunks, of each. */
        @WithDefault("10000")
        int documentsMax();

        /** Owners of agents that are gone, as the agents name them; {@code human:<id>} is gone by itself when there is no such human. */
        Optional<List<String>> ownersGone();

        /** Changes that may wait, in Redis, to be filed as versions while PostgreSQL is away; past it a change is answered 503. */
        @WithDefault("20000")
        int unfiledMax();

        /** The largest registry file that is taken, in bytes; past it 413. */
        @WithDefault("4194304")
        int yamlBytesMax();

        /** References (YAML aliases) to lists and objects that a registry file may have. */
        @WithDefault("64")
        int yamlAliasesMax();
    }

    /** Humans who sign in. */
    interface Session {
        /** How long a token is good. */
        @WithDefault("12h")
        Duration lifetime();

        /** Sign-ins from one address that may fail in a minute; past it 429. */
        @WithDefault("30")
        int failuresPerAddressMax();

        /** Sign-ins for one human that may fail in a minute, wherever from; past it 429. */
        @WithDefault("10")
        int failuresPerHumanMax();

        /** Addresses and humans whose failures are counted at once, on one gateway. */
        @WithDefault("20000")
        int trackedMax();
    }

    /** Pushes to the outside. */
    interface Webhook {
        /** Where they go; none: nowhere. */
        Optional<URI> url();

        /** What signs them. */
        Optional<String> secret();

        /** Pushes that may wait; one more is dropped and counted. */
        @WithDefault("10000")
        int queueMax();

        /** One attempt may take so long. */
        @WithDefault("5s")
        Duration timeout();

        /** Attempts for one push. */
        @WithDefault("8")
        int attemptsMax();
    }

    /** The trail of who decided what, in PostgreSQL. */
    interface Audit {
        /** A file that this gateway's part of the trail is appended to as well, as JSON lines; none: no file. */
        Optional<Path> file();

        /** How long something waits that has to stand in the trail before it takes effect; past it it is refused. */
        @WithDefault("2s")
        Duration timeout();

        /** Entries that may wait while PostgreSQL is away; how many there was no room for stands in the trail afterwards. */
        @WithDefault("10000")
        int waitingMax();

        /** How often each gateway signs how far the chains have got. */
        @WithDefault("1m")
        Duration headsEvery();
    }

    /** What outlasts the store, in PostgreSQL ({@code QUARKUS_DATASOURCE_JDBC_URL}); none configured: nothing outlasts it. */
    interface Archive {
        /** Threads that speak to PostgreSQL. */
        @WithDefault("4")
        int threads();

        /** Questions and writes that may wait for one of the threads; past it 503. */
        @WithDefault("1000")
        int waitingMax();

        /** Ended calls that may wait while PostgreSQL is away; those past it are found again in Redis, which keeps them for segue.store.retention. */
        @WithDefault("2000")
        int callsWaitingMax();
    }

    /** What is kept in Redis. */
    interface Store {
        /** How long an ended call is kept. */
        @WithDefault("24h")
        Duration retention();

        /** A reservation of a human expires after so long without renewal. */
        @WithDefault("15s")
        Duration reservationLease();

        /** Events kept for readers that come back. */
        @WithDefault("2000")
        int eventsMax();

        /** Writes that may wait while Redis is away. */
        @WithDefault("20000")
        int pendingMax();
    }

    /** What is taken out of text before it is kept or shown. */
    interface Redaction {
        /** Card numbers become [card]. */
        @WithDefault("true")
        boolean cards();

        /** Digits that the caller pressed become [digits] where an agent repeats them. */
        @WithDefault("true")
        boolean dtmf();

        /** Expressions by name, in RE2's syntax; what one matches becomes [name]. */
        Map<String, String> patterns();
    }

    /** Contacts and what they write on other channels. */
    interface Contacts {
        /** Messages that a human is shown. */
        @WithDefault("50")
        int shownMax();

        /** Messages kept of one contact; past it the oldest go. */
        @WithDefault("1000")
        int messagesMax();

        /** What one contact may be known by; past it 409. */
        @WithDefault("16")
        int identitiesMax();

        /** Messages in one request; past it 400. */
        @WithDefault("100")
        int postMax();

        /** The country code of callers' numbers that carriers write without one, digits only; none: digits are taken to be international. */
        Optional<String> countryCode();
    }

    /** How long what is kept in PostgreSQL; 0s: for good. */
    interface Retention {
        /** Ended calls, with their turns, handoffs and labels. */
        @WithDefault("400d")
        Duration calls();

        /** Messages of contacts, from when they were written. */
        @WithDefault("90d")
        Duration messages();

        /** Labels of turns whose call is kept for longer. */
        @WithDefault("730d")
        Duration labels();
    }

    /** Labels of turns, and what follows from them. */
    interface Review {
        /** Share of all turns that is drawn by lot for review, whatever their confidence: 0 to 1. Figures of these hold for all turns. */
        @WithDefault("0.10")
        double randomShare();

        /** Share of the labelled turns that is offered to a second reviewer: 0 to 1. */
        @WithDefault("0.05")
        double secondShare();

        /** How long a turn is kept for the reviewer it was given to. */
        @WithDefault("10m")
        Duration lease();

        /** How old a call may be whose turns are offered for review. */
        @WithDefault("30d")
        Duration window();

        /** Labels that a proposal of a threshold needs, in the half of the calls that it is learnt from and in the half that it is checked on. */
        @WithDefault("50")
        int calibrationLabelsMin();

        /** Exports of feedback under way at once; past it 503. */
        @WithDefault("2")
        int exportsMax();

        /** Turns before the labelled one that an export has. */
        @WithDefault("20")
        int contextTurnsMax();
    }

    /** Figures of calls that have ended, and the alarms that follow from them. */
    interface Insight {
        /** Intents that count as edge cases however frequent they are, beside those that are rare. */
        Optional<List<String>> edgeIntents();

        /** How often one gateway of all compares the last seven days with the seven before. */
        @WithDefault("1h")
        Duration alarmEvery();

        /** Calls, labels or turns that each of the two weeks needs for its figure to be compared. */
        @WithDefault("50")
        int alarmSamplesMin();
    }

    /** Health. */
    interface Health {
        /** A loop that has not turned for so long has stopped, and with it this gateway's liveness. */
        @WithDefault("5s")
        Duration silentMax();
    }

    /** People deciding. */
    interface Signoff {
        /** How long an action past a boundary waits for a person. */
        @WithDefault("120s")
        Duration deadline();

        /** How long a token is good, 120 s at most. */
        @WithDefault("120s")
        Duration tokenLifetime();

        /** Whom the tokens are for: what a back office expects in {@code aud}. */
        @WithDefault("back-office")
        String audience();
    }

    /** The keys of tokens. */
    interface Signing {
        /** {@code kid:key,…}, the key PKCS #8 on P-256, base64 or PEM; the first signs, all are published. None: one key that follows from segue.signing-key. */
        Optional<List<String>> keys();
    }
}
