package io.segue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rings of docs/ARCHITECTURE.md: arrows point inward, and no package knows one that knows it. */
@AnalyzeClasses(packages = "io.segue", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PROTOCOL = {
        "io.segue.sip..", "io.segue.sdp..", "io.segue.rtp..", "io.segue.stream..", "io.segue.stun.."
    };
    private static final String[] DOMAIN = {
        "io.segue.call..",
        "io.segue.turn..",
        "io.segue.agent..",
        "io.segue.policy..",
        "io.segue.handoff..",
        "io.segue.insight..",
        "io.segue.human..",
        "io.segue.contact..",
        "io.segue.trunk..",
        "io.segue.registry..",
        "io.segue.audit..",
        "io.segue.signoff..",
        "io.segue.review.."
    };
    private static final String[] ADAPTERS = {
        "io.segue.net..",
        "io.segue.media..",
        "io.segue.dtls..",
        "io.segue.agentlink..",
        "io.segue.store..",
        "io.segue.archive..",
        "io.segue.recording..",
        "io.segue.signing..",
        "io.segue.webhook..",
        "io.segue.api.."
    };
    private static final String[] OUTSIDE = {
        "io.quarkus..",
        "io.vertx..",
        "io.netty..",
        "io.smallrye..",
        "io.micrometer..",
        "jakarta..",
        "com.fasterxml..",
        "org.jboss..",
        "redis..",
        "java.sql..",
        "javax.sql..",
        "java.nio.channels..",
        "org.bouncycastle.."
    };
    private static final String[] APPLICATION = {"io.segue.flow.."};
    private static final String[] OUTERMOST = {"io.segue.app..", "io.segue.cli..", "io.segue.demo.."};

    @ArchTest
    static final ArchRule protocolKnowsOnlyProtocol = noClasses()
            .that()
            .resideInAnyPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join(DOMAIN, APPLICATION, ADAPTERS, OUTERMOST, OUTSIDE));

    @ArchTest
    static final ArchRule domainKnowsOnlyDomain = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join(PROTOCOL, APPLICATION, ADAPTERS, OUTERMOST, OUTSIDE));

    @ArchTest
    static final ArchRule protocolAndDomainHaveNeitherClockNorThreadNorSocketNorDice = noClasses()
            .that()
            .resideInAnyPackage(join(PROTOCOL, DOMAIN))
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.DatagramSocket");

    @ArchTest
    static final ArchRule theApplicationKnowsNoAdapter = noClasses()
            .that()
            .resideInAnyPackage(APPLICATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    join(ADAPTERS, OUTERMOST, new String[] {"io.vertx..", "com.fasterxml..", "redis..", "java.sql.."}));

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching(
                    "io.segue.(net|media|dtls|agentlink|store|archive|recording|signing|webhook|api)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule nothingKnowsTheOutermostRing = noClasses()
            .that()
            .resideInAnyPackage(join(PROTOCOL, DOMAIN, APPLICATION, ADAPTERS))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(OUTERMOST);

    @ArchTest
    static final ArchRule aHandoffDoesNotKnowTheCall = noClasses()
            .that()
            .resideInAPackage("io.segue.handoff..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.segue.call..");

    /** What judges a call must not share code with what carries it. */
    @ArchTest
    static final ArchRule theDemoReachesTheGatewayFromOutside = noClasses()
            .that()
            .resideInAPackage("io.segue.demo..")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "are the gateway's",
                    c -> c.getPackageName().startsWith("io.segue.")
                            && !c.getPackageName().startsWith("io.segue.demo")));

    @ArchTest
    static final ArchRule noCycleBetweenPackages =
            slices().matching("io.segue.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageRefusesNull = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked");

    private static String[] join(String[]... groups) {
        return java.util.Arrays.stream(groups).flatMap(java.util.Arrays::stream).toArray(String[]::new);
    }
}
