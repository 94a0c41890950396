package io.segue.app;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.agentlink.Accounts;
import io.segue.agentlink.LinkCounters;
import io.segue.agentlink.VertxAgentLinks;
import io.segue.agentlink.VertxCallThreads;
import io.segue.api.ContextLinks;
import io.segue.api.SessionResource;
import io.segue.dtls.DtlsKeyAgreement;
import io.segue.flow.CallDesk;
import io.segue.flow.Calls;
import io.segue.flow.FlowCounters;
import io.segue.flow.Gateway;
import io.segue.flow.Outside;
import io.segue.flow.contact.ContactBook;
import io.segue.flow.contact.ContactDesk;
import io.segue.flow.contact.Contacts;
import io.segue.flow.desk.Desk;
import io.segue.flow.leg.Signalling;
import io.segue.flow.phone.WebPhones;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.EndedSessions;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Pseudonyms;
import io.segue.flow.record.Webhooks;
import io.segue.flow.registry.DirectoryFeed;
import io.segue.flow.registry.Documents;
import io.segue.media.BrowserConfig;
import io.segue.media.Media;
import io.segue.media.MediaConfig;
import io.segue.net.SipConfig;
import io.segue.net.SipEndpoint;
import io.segue.net.WebSockets;
import io.segue.recording.FileRecordings;
import io.segue.registry.Directory;
import io.segue.sip.digest.DigestVerifier;
import io.segue.sip.registrar.Registrar;
import io.segue.sip.transaction.Transport;
import io.segue.store.Store;
import io.segue.trunk.Network;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts the gateway together at the start, and takes it apart at the end in the opposite order. */
@Singleton
@Startup
public class GatewayLife {
    private static final Logger LOG = Logger.getLogger(GatewayLife.class);
    private static final int CALL_ID_BYTES = 16;

    /** So long the end waits for the calls to have told everybody. */
    private static final int GOODBYE_MS_MAX = 2_000;

    private final Store store;
    private final ArchiveLife archive;
    private final DtlsKeyAgreement browserKeys = new DtlsKeyAgreement(io.segue.dtls.Limits.defaults());
    private final Media media;
    private final VertxCallThreads threads;
    private final VertxAgentLinks agents;
    private final LinkCounters linkCounters = new LinkCounters();
    private final FlowCounters flowCounters = new FlowCounters();
    private final SipEndpoint endpoint;
    private final Calls calls;
    private final ContactBook book;
    private final ContactNames names;
    private final FileRecordings recordings;
    private volatile @Nullable Gateway gateway;

    @Inject
    GatewayLife(
            SegueConfig config,
            Vertx vertx,
            Redis redis,
            Directory directory,
            ContextLinks links,
            Webhooks webhooks,
            GatewayMeters meters,
            ArchiveLife archive,
            SignoffBeans signoffs,
            Contacts contacts,
            FileRecordings recordings,
            NodeName node,
            ApiBeans.SigningKey key,
            SessionResource.SignIn signIn) {
        SecureIdentifiers identifiers = new SecureIdentifiers();
        store = new Store(
                redis,
                node.name(),
                new DirectoryStaff(directory),
                human -> home(directory, node, human),
                System::currentTimeMillis,
                Limited.store(config),
                key.octets(),
                callId -> LOG.warnf("call %s belongs to another gateway now", callId));
        this.archive = archive;
        this.recordings = recordings;
        CallStore lasting = archive.behind(store.calls());
        archive.feed(store.events());
        store.documents().listen(new DirectoryFeed(directory));
        threads = new VertxCallThreads(vertx, Limited.threads(config));
        agents = new VertxAgentLinks(
                vertx, Limited.agents(config), io.segue.stream.Limits.defaults(), Accounts.defaults(), linkCounters);
        media = media(config, browserKeys);
        CpuGate cpu = new CpuGate(
                GatewayLife::cpuNanos,
                System::nanoTime,
                config.calls().cpuMax(),
                Runtime.getRuntime().availableProcessors());
        StoreGate writes = new StoreGate(store::waiting, config.calls().storeMax());
        endpoint = endpoint(config, directory, signalling -> {
            Outside outside = new Outside(
                    Limited.flow(config, node.name()),
                    signalling,
                    media,
                    agents,
                    directory,
                    store.desk(),
                    lasting,
                    store.events(),
                    webhooks,
                    threads::next,
                    System::nanoTime,
                    System::currentTimeMillis,
                    identifiers,
                    (call, handoff) -> links.sign(
                                    call,
                                    handoff,
                                    Instant.now().plus(config.api().linkLifetime()))
                            .toString(),
                    flowCounters,
                    meters,
                    () -> cpu.getAsBoolean() || writes.getAsBoolean(),
                    archive.audit(),
                    signoffs.deciders(store),
                    contacts,
                    recordings);
            Gateway made = new Gateway(
                    outside,
                    new DigestVerifier(config.sip().realm(), key.octets(), io.segue.sip.digest.Limits.defaults()),
                    new Registrar(Limited.registrar(config)),
                    new WebPhones(
                            new LiveSessions(signIn, store.sessions()),
                            config.sip().ws().backWithin().toMillis()),
                    () -> identifiers.bytes(CALL_ID_BYTES));
            gateway = made;
            return made;
        });
        Gateway made = gateway();
        signoffs.open(made, lasting, store);
        calls = new CallDesk(made, lasting);
        book = new ContactDesk(
                made::forget, store.calls(), recordings, contacts, archive.audit(), new Pseudonyms(key.octets())::of);
        meters.watch(config, endpoint, media, browserKeys, store, made, flowCounters, linkCounters, threads);
        media.warmUp();
        browserKeys.warmUp();
        made.start();
        names = new ContactNames(directory, config.sip().contactLookupEvery().toMillis());
        LOG.infof("Segue %s is ready: SIP at %s", node.name(), endpoint.reachedAt(Transport.UDP));
    }

    /**
     * Whose human it is while Redis is away, the same on every gateway: that of the one its phone registered at or its leg stands by on;
     * a fixed contact is anybody's, and the desk decides.
     */
    private @Nullable String home(Directory directory, NodeName node, String human) {
        Gateway now = gateway;
        if (now != null && now.phones().isOurs(human)) {
            return node.name();
        }
        boolean registers =
                directory.human(human).filter(h -> h.contact() == null).isPresent();
        return registers ? "another gateway" : null;
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private Gateway gateway() {
        Gateway made = gateway;
        if (made == null) {
            throw new IllegalStateException("the SIP endpoint asked for nobody to tell");
        }
        return made;
    }

    private static Media media(SegueConfig config, DtlsKeyAgreement browserKeys) {
        LineConfig.Media set = config.media();
        InetAddress bind =
                Addresses.of("segue.media.host", set.host().orElse(config.sip().host()));
        PortRange ports = PortRange.of("segue.media.ports", set.ports());
        int loops = set.loops() == 0 ? MediaConfig.defaultLoops() : set.loops();
        MediaConfig plane = new MediaConfig(
                loops,
                bind,
                Addresses.advertised(config.advertisedAddress(), bind),
                ports.first(),
                ports.last(),
                set.sounds().orElse(null),
                Limited.media(config));
        BrowserConfig browsers = new BrowserConfig(set.browserPort(), Limited.browsers(config));
        try {
            return new Media(plane, browsers, browserKeys);
        } catch (UncheckedIOException e) {
            throw new ConfigurationException("segue.media.browser-port: UDP " + bind.getHostAddress() + ":"
                    + set.browserPort() + " cannot be had: " + e.getMessage());
        }
    }

    private SipEndpoint endpoint(SegueConfig config, Directory directory, Function<Signalling, Gateway> user) {
        List<Network> proxies = config.sip().proxies().orElse(List.of()).stream()
                .map(Network::of)
                .toList();
        String host = config.sip().host();
        InetAddress advertised = Addresses.advertised(config.advertisedAddress(), Addresses.of("segue.sip.host", host));
        SipConfig sip = SipConfig.of(host, config.sip().port())
                .advertising(advertised.getHostAddress())
                .with(Limited.net(config))
                .with(Limited.transactions(config))
                .with(Limited.webSockets(config))
                .replyingToSource(config.sip().replyToSource());
        try {
            return SipEndpoint.start(
                    sip, new SipAdmission(directory, proxies, () -> gateway), signalling -> user.apply(signalling)
                            .transactionUser());
        } catch (IOException e) {
            media.close();
            agents.close();
            store.close();
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** The SIP port, for whoever started it with 0. */
    public int sipPort() {
        return endpoint.reachedAt(Transport.UDP).port();
    }

    @Produces
    @Singleton
    WebSockets webSockets() {
        return endpoint.webSockets();
    }

    @Produces
    @Singleton
    Calls calls() {
        return calls;
    }

    @Produces
    @Singleton
    ContactBook contactBook() {
        return book;
    }

    @Produces
    @Singleton
    Desk desk() {
        return store.desk();
    }

    @Produces
    @Singleton
    Documents documents() {
        return store.documents();
    }

    @Produces
    @Singleton
    EndedSessions endedSessions() {
        return store.sessions();
    }

    @Produces
    @Singleton
    EventLog events() {
        return store.events();
    }

    /** Callers are told before the sockets go: BYE first, said again until it is answered, then the endpoint; and all of it before Redis' client goes. */
    void stop(@Observes ShutdownEvent event) {
        names.close();
        gateway()
                .stop()
                .completeOnTimeout(null, GOODBYE_MS_MAX, TimeUnit.MILLISECONDS)
                .join();
        endpoint.close();
        media.close();
        recordings.close();
        agents.close();
        archive.close();
        store.close();
    }
}
