package io.segue.rtp.srtp;

import java.util.Arrays;

/** The master keys and salts of both directions. */
public final class SrtpKeys {
    private final SrtpProfile profile;
    private final byte[] material;
    private final boolean client;

    /**
     * Takes what the DTLS exporter gives (RFC 5764 4.2): the client's key, the server's, the client's salt, the server's.
     *
     * @param material {@link SrtpProfile#materialBytes} octets; copied
     * @param client whether we are the client
     */
    public SrtpKeys(SrtpProfile profile, byte[] material, boolean client) {
        if (material.length != profile.materialBytes()) {
            throw new IllegalArgumentException("keying material of " + material.length + " octets");
        }
        this.profile = profile;
        this.material = material.clone();
        this.client = client;
    }

    public SrtpProfile profile() {
        return profile;
    }

    /** What we protect by. */
    public SrtpSender sender() {
        return new SrtpSender(transform(client));
    }

    /** What we check by. */
    public SrtpReceiver receiver() {
        return new SrtpReceiver(transform(!client));
    }

    private Transform transform(boolean ofClient) {
        int key = profile.keyBytes();
        int salt = profile.saltBytes();
        int keyAt = ofClient ? 0 : key;
        int saltAt = 2 * key + (ofClient ? 0 : salt);
        return Transform.of(
                profile,
                Arrays.copyOfRange(material, keyAt, keyAt + key),
                Arrays.copyOfRange(material, saltAt, saltAt + salt));
    }
}
