package io.segue.audit;

/** What is wrong with a trail. The node is the one whose chain is meant. */
public sealed interface Finding {
    String node();

    /** A sentence for the reader. */
    String sentence();

    /** A link was changed: its hash is not that of what it says. */
    record Changed(String node, long seq) implements Finding {
        @Override
        public String sentence() {
            return "link " + seq + " of " + node + " was changed: its hash is not that of what it says";
        }
    }

    /** A link does not follow the one before it, although both are whole: one of them was put in, or the ones after it were not made for it. */
    record Unlinked(String node, long seq) implements Finding {
        @Override
        public String sentence() {
            return "link " + seq + " of " + node + " does not follow link " + (seq - 1) + ": one of them was replaced";
        }
    }

    /** Links are not there. */
    record Gap(String node, long from, long to) implements Finding {
        @Override
        public String sentence() {
            return (from == to
                            ? "link " + from + " of " + node + " is"
                            : "links " + from + " to " + to + " of " + node + " are")
                    + " missing";
        }
    }

    /** A link comes after one with the same or a higher number. */
    record OutOfOrder(String node, long seq) implements Finding {
        @Override
        public String sentence() {
            return "link " + seq + " of " + node + " is out of order, or there twice";
        }
    }

    /** The chain ends before a link that somebody signed for. */
    record CutTail(String node, long last, long signed, String signer) implements Finding {
        @Override
        public String sentence() {
            return "the tail of " + node + " is cut: it ends at link " + last + ", and " + signer + " signed for link "
                    + signed;
        }
    }

    /** Somebody signed for a chain of which nothing is there. */
    record MissingNode(String node, long signed, String signer) implements Finding {
        @Override
        public String sentence() {
            return "node " + node + " is missing altogether: " + signer + " signed for its link " + signed;
        }
    }

    /** The chain is whole in itself, but not the one that was signed for: it was made anew. */
    record Rewritten(String node, long seq, String signer) implements Finding {
        @Override
        public String sentence() {
            return "the chain of " + node + " was made anew: link " + seq + " is not the one that " + signer
                    + " signed for";
        }
    }

    /** A signature is wrong, or by a key that is not the trail's. */
    record Forged(String node, long seq, String signer) implements Finding {
        @Override
        public String sentence() {
            return "the signature of " + signer + " for link " + seq + " of " + node + " is forged";
        }
    }

    /** Nobody signed for the chain, so nobody can tell whether its tail is there. */
    record Unsigned(String node, long last) implements Finding {
        @Override
        public String sentence() {
            return "nobody signed for " + node + ", which ends at link " + last
                    + ": its signed heads were removed, or it ended within its first minute";
        }
    }
}
