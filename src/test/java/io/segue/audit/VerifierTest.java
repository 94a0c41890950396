package io.segue.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final byte[] NONE = new byte[0];

    private static List<Link> chain(String node, int links) {
        List<Link> chain = new ArrayList<>();
        byte[] previous = Link.nothing();
        for (int i = 1; i <= links; i++) {
            Link link = Link.after(
                    node,
                    i,
                    previous,
                    1_790_000_000_000_000L + i,
                    "handoff.requested",
                    i % 2 == 0 ? null : "c" + i,
                    "segue",
                    "gateway",
                    "{\"n\":" + i + "}");
            chain.add(link);
            previous = link.hash();
        }
        return chain;
    }

    private static SignedHead head(Link link, String signer) {
        return new SignedHead(link.node(), link.seq(), link.hash(), signer, 1, NONE, NONE);
    }

    private static Verifier.Report verify(List<Link> links, List<SignedHead> heads) {
        var verifier = new Verifier(head -> !head.signer().equals("forger"), 100);
        heads.forEach(verifier::head);
        links.forEach(verifier::link);
        return verifier.finish(null);
    }

    private static Finding only(Verifier.Report report) {
        assertEquals(1, report.found(), report.findings().toString());
        return report.findings().getFirst();
    }

    @Test
    void aWholeTrailOfSeveralNodesIsWhole() {
        List<Link> links = new ArrayList<>(chain("a", 5));
        links.addAll(chain("b", 3));
        Verifier.Report report = verify(links, List.of(head(links.get(4), "b"), head(links.get(7), "a")));
        assertTrue(report.isWhole(), report.findings().toString());
        assertEquals(8, report.links());
        assertEquals(2, report.nodes());
    }

    /** The bytes are those that are written down, so that somebody else can write a verifier. */
    @Test
    void hashesTheBytesThatAreWrittenDown() throws Exception {
        Link link = Link.after("é", 1, Link.nothing(), 7, "k", null, "a", "r", "{}");
        ByteBuffer bytes = ByteBuffer.allocate(200);
        bytes.put("segueau1".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(2).put("é".getBytes(StandardCharsets.UTF_8));
        bytes.putLong(1).put(new byte[32]).putLong(7);
        bytes.putInt(1).put((byte) 'k').putInt(-1);
        bytes.putInt(1).put((byte) 'a').putInt(1).put((byte) 'r');
        bytes.putInt(2).put("{}".getBytes(StandardCharsets.UTF_8));
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256")
                .digest(java.util.Arrays.copyOf(bytes.array(), bytes.position()));
        assertEquals(HexFormat.of().formatHex(hash), HexFormat.of().formatHex(link.hash()));
    }

    @Test
    void anyFieldThatIsChangedIsFound() {
        Link l = chain("a", 3).get(1);
        byte[] otherHash = l.hash().clone();
        otherHash[31] ^= 1;
        Map<String, Link> changed = Map.ofEntries(
                Map.entry(
                        "at",
                        new Link(
                                "a",
                                2,
                                l.previous(),
                                l.hash(),
                                l.at() + 1,
                                l.kind(),
                                null,
                                "segue",
                                "gateway",
                                l.body())),
                Map.entry(
                        "kind",
                        new Link("a", 2, l.previous(), l.hash(), l.at(), "other", null, "segue", "gateway", l.body())),
                Map.entry(
                        "call",
                        new Link("a", 2, l.previous(), l.hash(), l.at(), l.kind(), "", "segue", "gateway", l.body())),
                Map.entry(
                        "actor",
                        new Link(
                                "a",
                                2,
                                l.previous(),
                                l.hash(),
                                l.at(),
                                l.kind(),
                                null,
                                "mallory",
                                "gateway",
                                l.body())),
                Map.entry(
                        "role",
                        new Link("a", 2, l.previous(), l.hash(), l.at(), l.kind(), null, "segue", "admin", l.body())),
                Map.entry(
                        "body",
                        new Link(
                                "a",
                                2,
                                l.previous(),
                                l.hash(),
                                l.at(),
                                l.kind(),
                                null,
                                "segue",
                                "gateway",
                                "{\"n\":3}")),
                Map.entry(
                        "previous",
                        new Link("a", 2, l.hash(), l.hash(), l.at(), l.kind(), null, "segue", "gateway", l.body())),
                Map.entry(
                        "hash",
                        new Link(
                                "a",
                                2,
                                l.previous(),
                                otherHash,
                                l.at(),
                                l.kind(),
                                null,
                                "segue",
                                "gateway",
                                l.body())));
        changed.forEach((field, link) -> {
            List<Link> links = new ArrayList<>(chain("a", 3));
            links.set(1, link);
            Verifier.Report report = verify(links, List.of(head(links.get(2), "b")));
            assertEquals(new Finding.Changed("a", 2), report.findings().getFirst(), field);
        });
        List<Link> moved = new ArrayList<>(chain("a", 3));
        moved.set(1, new Link("b", 2, l.previous(), l.hash(), l.at(), l.kind(), null, "segue", "gateway", l.body()));
        assertTrue(!verify(moved, List.of(head(moved.get(2), "b"))).isWhole(), "node");
    }

    @Test
    void borderlinesBetweenFieldsCannotBeMoved() {
        Link one = Link.after("a", 1, Link.nothing(), 1, "ab", null, "c", "r", "");
        Link other = Link.after("a", 1, Link.nothing(), 1, "a", null, "bc", "r", "");
        assertTrue(!HexFormat.of().formatHex(one.hash()).equals(HexFormat.of().formatHex(other.hash())));
    }

    @Test
    void aLinkThatIsTakenOutOrPutInIsFound() {
        List<Link> whole = chain("a", 5);
        List<Link> without = new ArrayList<>(whole);
        without.remove(2);
        assertEquals(new Finding.Gap("a", 3, 3), only(verify(without, List.of(head(whole.get(4), "b")))));

        List<Link> replaced = new ArrayList<>(whole);
        replaced.set(2, Link.after("a", 3, whole.get(1).hash(), 1, "k", null, "mallory", "r", "{}"));
        assertEquals(new Finding.Unlinked("a", 4), only(verify(replaced, List.of(head(whole.get(4), "b")))));

        assertEquals(new Finding.Gap("a", 1, 2), only(verify(whole.subList(2, 5), List.of(head(whole.get(4), "b")))));
    }

    @Test
    void aReorderingIsFound() {
        List<Link> links = new ArrayList<>(chain("a", 4));
        java.util.Collections.swap(links, 1, 2);
        Verifier.Report report = verify(links, List.of(head(links.get(3), "b")));
        assertTrue(
                report.findings().contains(new Finding.OutOfOrder("a", 2)),
                report.findings().toString());
        List<Link> twice = new ArrayList<>(chain("a", 2));
        twice.add(twice.get(1));
        assertEquals(new Finding.OutOfOrder("a", 2), only(verify(twice, List.of(head(twice.get(1), "b")))));
    }

    @Test
    void aCutTailIsFoundByASignedHead() {
        List<Link> whole = chain("a", 5);
        assertEquals(
                new Finding.CutTail("a", 3, 5, "b"),
                only(verify(whole.subList(0, 3), List.of(head(whole.get(1), "a"), head(whole.get(4), "b")))));
    }

    @Test
    void aNodeThatIsMissingIsFoundByASignedHeadOrByAnEntryOfAnother() {
        List<Link> b = chain("b", 2);
        Link gone = chain("a", 9).getLast();
        assertEquals(
                new Finding.MissingNode("a", 9, "b"),
                only(verify(b, List.of(head(gone, "b"), head(b.getLast(), "b")))));

        var verifier = new Verifier(head -> true, 10);
        verifier.mentioned("a", 9, gone.hash(), "b");
        verifier.head(head(b.getLast(), "b"));
        b.forEach(verifier::link);
        assertInstanceOf(Finding.MissingNode.class, only(verifier.finish(null)));
        assertTrue(new Verifier(head -> true, 10).finish("b").isWhole());
    }

    @Test
    void aForgedHeadIsFoundAndNotBelieved() {
        List<Link> links = chain("a", 2);
        SignedHead forged = new SignedHead("a", 99, links.get(1).hash(), "forger", 1, NONE, NONE);
        assertEquals(
                new Finding.Forged("a", 99, "forger"), only(verify(links, List.of(forged, head(links.get(1), "b")))));
    }

    @Test
    void aChainThatWasMadeAnewIsFoundByAnEarlierHead() {
        List<Link> before = chain("a", 3);
        List<Link> anew = new ArrayList<>();
        byte[] previous = Link.nothing();
        for (int i = 1; i <= 3; i++) {
            Link link = Link.after("a", i, previous, i, "other", null, "mallory", "r", "{}");
            anew.add(link);
            previous = link.hash();
        }
        assertEquals(new Finding.Rewritten("a", 2, "b"), only(verify(anew, List.of(head(before.get(1), "b")))));
    }

    @Test
    void aChainThatNobodySignedForIsSaidToBeSo() {
        assertEquals(new Finding.Unsigned("a", 2), only(verify(chain("a", 2), List.of())));
    }

    @Test
    void keepsAsManyFindingsAsTheLimitAndCountsAll() {
        var verifier = new Verifier(head -> true, 2);
        Link link = chain("a", 1).getFirst();
        for (int i = 0; i < 4; i++) {
            verifier.link(link);
        }
        Verifier.Report report = verifier.finish(null);
        assertEquals(2, report.findings().size());
        assertEquals(4, report.found());
    }
}
