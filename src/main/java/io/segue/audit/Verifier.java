package io.segue.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a trail: signed heads first, then the links of each node in the order of their numbers (nodes may alternate), then {@link #finish}. It keeps
 * what it has to know of each node and the first {@code findingsMax} findings, not the links.
 */
public final class Verifier {
    /** Heads that are waiting for their link; of those past it only the highest of each node counts. */
    private static final int CLAIMS_MAX = 2_000_000;

    private final Predicate<SignedHead> genuine;
    private final int findingsMax;
    private final MessageDigest digest = Link.sha256();
    private final Map<String, Chain> chains = new TreeMap<>();
    /** By node, by number: who signed, and the hash they signed for. */
    private final Map<String, Map<Long, Signed>> signed = new HashMap<>();

    private final Map<String, Signed> highest = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int claims;
    private long links;
    private long found;

    private record Signed(long seq, byte[] hash, String signer) {}

    private static final class Chain {
        private long seq;
        private byte[] hash = Link.nothing();
    }

    /** @param genuine whether a head's signature is its signer's */
    public Verifier(Predicate<SignedHead> genuine, int findingsMax) {
        this.genuine = genuine;
        this.findingsMax = findingsMax;
    }

    public void head(SignedHead head) {
        if (!genuine.test(head)) {
            find(new Finding.Forged(head.node(), head.seq(), head.signer()));
            return;
        }
        claim(head.node(), head.seq(), head.hash(), head.signer());
    }

    /** A head that a link of the trail mentions: the signer's chain vouches for it. Told before the links, as a head is. */
    public void mentioned(String node, long seq, byte[] hash, String signer) {
        claim(node, seq, hash, signer);
    }

    private void claim(String node, long seq, byte[] hash, String signer) {
        var claim = new Signed(seq, hash, signer);
        Chain chain = chains.get(node);
        if (chain == null || chain.seq < seq) {
            if (claims < CLAIMS_MAX) {
                claims++;
                signed.computeIfAbsent(node, n -> new HashMap<>()).put(seq, claim);
            }
        } else if (chain.seq == seq && !Arrays.equals(chain.hash, hash)) {
            find(new Finding.Rewritten(node, seq, signer));
        }
        highest.merge(node, claim, (old, now) -> now.seq > old.seq ? now : old);
    }

    public void link(Link link) {
        links++;
        Chain chain = chains.computeIfAbsent(link.node(), node -> new Chain());
        if (link.seq() <= chain.seq) {
            find(new Finding.OutOfOrder(link.node(), link.seq()));
            return;
        }
        boolean next = link.seq() == chain.seq + 1;
        if (!next) {
            find(new Finding.Gap(link.node(), chain.seq + 1, link.seq() - 1));
        }
        if (!link.isWhole(digest)) {
            find(new Finding.Changed(link.node(), link.seq()));
        } else if (next && !Arrays.equals(link.previous(), chain.hash)) {
            find(new Finding.Unlinked(link.node(), link.seq()));
        }
        chain.seq = link.seq();
        chain.hash = link.hash();
        compare(link);
    }

    private void compare(Link link) {
        Map<Long, Signed> claims = signed.get(link.node());
        Signed claim = claims == null ? null : claims.remove(link.seq());
        if (claim != null && !Arrays.equals(claim.hash, link.hash())) {
            find(new Finding.Rewritten(link.node(), link.seq(), claim.signer));
        }
    }

    private void find(Finding finding) {
        found++;
        if (findings.size() < findingsMax) {
            findings.add(finding);
        }
    }

    /** @param only the one node whose chain is here; none: all of them are */
    public Report finish(@Nullable String only) {
        highest.forEach((node, claim) -> {
            Chain chain = chains.get(node);
            if (only != null && !node.equals(only)) {
                return;
            }
            if (chain == null) {
                find(new Finding.MissingNode(node, claim.seq, claim.signer));
            } else if (chain.seq < claim.seq) {
                find(new Finding.CutTail(node, chain.seq, claim.seq, claim.signer));
            }
        });
        chains.forEach((node, chain) -> {
            if (!highest.containsKey(node)) {
                find(new Finding.Unsigned(node, chain.seq));
            }
        });
        return new Report(links, chains.size(), List.copyOf(findings), found);
    }

    /** Links seen so far. */
    public long links() {
        return links;
    }

    /**
     * What came of it.
     *
     * @param findings the first of them, in the order they were found
     * @param found how many there are in all
     */
    public record Report(long links, int nodes, List<Finding> findings, long found) {
        public boolean isWhole() {
            return found == 0;
        }
    }
}
