package io.segue.sip.transaction;

/**
 * A request of ours, waiting for its answer (RFC 3261 17.1.3).
 *
 * @param branch the branch of our Via
 * @param method the method of the CSeq
 */
public record ClientTransactionId(String branch, String method) {
    @Override
    public String toString() {
        return method + " " + branch;
    }
}
