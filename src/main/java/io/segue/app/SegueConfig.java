package io.segue.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Everything that can be set, by topic, under {@code segue.*}; {@code segue.sip.port} is {@code SEGUE_SIP_PORT} in the environment. docs/configuration.md lists it all. */
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

    /** Where browsers and phones reach this gateway's HTTP, for links in {@code Call-Info} and as our name in SIP over WebSocket. */
    @WithDefault("http://localhost:8080")
    URI publicUrl();

    /** X- headers of an INVITE that the agent and the human are told, by name, whatever their case. */
    @WithDefault("X-Account-Id,X-Customer-Id,X-Correlation-Id")
    List<String> xHeaders();

    LineConfig.Sip sip();

    LineConfig.Media media();

    LineConfig.AgentLinks agent();

    LineConfig.Calls calls();

    HttpConfig.Api api();

    KeptConfig.Registry registry();

    HttpConfig.Session session();

    HttpConfig.Webhook webhook();

    KeptConfig.Store store();

    KeptConfig.Archive archive();

    PeopleConfig.Review review();

    KeptConfig.Audit audit();

    PeopleConfig.Signoff signoff();

    PeopleConfig.Signing signing();

    KeptConfig.Redaction redaction();

    KeptConfig.Contacts contacts();

    KeptConfig.Recording recording();

    KeptConfig.Retention retention();

    PeopleConfig.Insight insight();

    HttpConfig.Health health();
}
