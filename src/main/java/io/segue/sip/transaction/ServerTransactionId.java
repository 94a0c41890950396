package io.segue.sip.transaction;

/**
 * A request of a peer's, waiting for our answer (RFC 3261 17.2.3).
 *
 * @param key branch and sent-by of the top Via; for a peer of RFC 2543, which has no branch to go by, Request-URI, From tag,
 *     Call-ID, CSeq and Via
 * @param method the method of the request
 */
public record ServerTransactionId(String key, String method) {
    ServerTransactionId as(String otherMethod) {
        return new ServerTransactionId(key, otherMethod);
    }

    @Override
    public String toString() {
        return method + " " + key;
    }
}
