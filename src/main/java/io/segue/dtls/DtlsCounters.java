package io.segue.dtls;

/**
 * What came of handshakes, for metrics.
 *
 * @param underWay now
 * @param agreed that ended with keys
 * @param wrongCertificate that ended because the peer's certificate was not the one that its SDP names
 * @param refused that ended because of what the peer spoke
 * @param timedOut that the peer did not go on with
 * @param busy ClientHellos dropped because as many handshakes were under way as may be
 */
public record DtlsCounters(long underWay, long agreed, long wrongCertificate, long refused, long timedOut, long busy) {}
