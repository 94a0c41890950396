package io.segue.rtp.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AES_CM_128_HMAC_SHA1_80, RFC 3711 4.1.1 and 4.2.1. The key stream is made by the plain block cipher, which needs to be told its key once only. */
final class CmTransform extends Transform {
    private static final int BLOCK_BYTES = 16;
    private static final int AUTHENTICATION_KEY_BYTES = 20;
    private static final int MAC_BYTES = 20;

    private final int tagBytes;
    private final Unit rtp;
    private final Unit rtcp;
    private final byte[] word = new byte[4];
    private final byte[] mac = new byte[MAC_BYTES];
    private byte[] counters = new byte[0];
    private byte[] stream = new byte[0];

    private static final class Unit {
        private final Cipher block;
        private final Mac mac;
        private final byte[] salt;

        Unit(byte[] key, byte[] authenticationKey, byte[] salt) {
            this.salt = salt;
            try {
                this.block = Cipher.getInstance("AES/ECB/NoPadding");
                this.block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
                this.mac = Mac.getInstance("HmacSHA1");
                this.mac.init(new SecretKeySpec(authenticationKey, "HmacSHA1"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    CmTransform(Derivation keys, SrtpProfile profile) {
        this.tagBytes = profile.tagBytes();
        this.rtp = new Unit(
                keys.derive(Derivation.RTP_KEY, profile.keyBytes()),
                keys.derive(Derivation.RTP_AUTHENTICATION, AUTHENTICATION_KEY_BYTES),
                keys.derive(Derivation.RTP_SALT, profile.saltBytes()));
        this.rtcp = new Unit(
                keys.derive(Derivation.RTCP_KEY, profile.keyBytes()),
                keys.derive(Derivation.RTCP_AUTHENTICATION, AUTHENTICATION_KEY_BYTES),
                keys.derive(Derivation.RTCP_SALT, profile.saltBytes()));
    }

    /** With a session key and salt of RTP, for what the RFC has of the key stream alone. */
    CmTransform(byte[] rtpKey, byte[] rtpSalt, SrtpProfile profile) {
        this.tagBytes = profile.tagBytes();
        this.rtp = new Unit(rtpKey, new byte[AUTHENTICATION_KEY_BYTES], rtpSalt);
        this.rtcp = rtp;
    }

    @Override
    int tagBytes() {
        return tagBytes;
    }

    /** Encrypts and decrypts: the counter is the salt, the SSRC and the index, two octets of zeros behind (4.1.1). */
    private void crypt(Unit unit, byte[] packet, int from, int to, int ssrc, long index) {
        int blocks = Math.ceilDiv(to - from, BLOCK_BYTES);
        int octets = blocks * BLOCK_BYTES;
        if (counters.length < octets) {
            counters = new byte[octets];
            stream = new byte[octets];
        }
        System.arraycopy(unit.salt, 0, counters, 0, unit.salt.length);
        for (int i = 0; i < 4; i++) {
            counters[4 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            counters[8 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
        for (int block = 0; block < blocks; block++) {
            int at = block * BLOCK_BYTES;
            if (block > 0) {
                System.arraycopy(counters, 0, counters, at, BLOCK_BYTES - 2);
            }
            counters[at + 14] = (byte) (block >> 8);
            counters[at + 15] = (byte) block;
        }
        try {
            unit.block.update(counters, 0, octets, stream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        for (int i = from; i < to; i++) {
            packet[i] ^= stream[i - from];
        }
    }

    /** Over the octets, and the rollover counter behind those of RTP (4.2). */
    private void authenticate(Unit unit, byte[] packet, int length, boolean counted, int rollovers) {
        unit.mac.update(packet, 0, length);
        if (counted) {
            Octets.putWord(word, 0, rollovers);
            unit.mac.update(word, 0, 4);
        }
        try {
            unit.mac.doFinal(mac, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isTag(byte[] packet, int at) {
        int different = 0;
        for (int i = 0; i < tagBytes; i++) {
            different |= mac[i] ^ packet[at + i];
        }
        return different == 0;
    }

    @Override
    int protect(byte[] packet, int header, int length, long index) {
        crypt(rtp, packet, header, length, Octets.word(packet, 8), index);
        authenticate(rtp, packet, length, true, (int) (index >>> 16));
        System.arraycopy(mac, 0, packet, length, tagBytes);
        return length + tagBytes;
    }

    @Override
    int unprotect(byte[] packet, int header, int length, long index) {
        int end = length - tagBytes;
        authenticate(rtp, packet, end, true, (int) (index >>> 16));
        if (!isTag(packet, end)) {
            return FORGED;
        }
        crypt(rtp, packet, header, end, Octets.word(packet, 8), index);
        return end;
    }

    @Override
    int protectControl(byte[] packet, int length, int index) {
        crypt(rtcp, packet, Octets.RTCP_HEADER_BYTES, length, Octets.word(packet, 4), index);
        Octets.putWord(packet, length, index | ENCRYPTED);
        authenticate(rtcp, packet, length + 4, false, 0);
        System.arraycopy(mac, 0, packet, length + 4, tagBytes);
        return length + 4 + tagBytes;
    }

    /** Before the tag (RFC 3711 3.4). */
    @Override
    int controlWordAt(int length) {
        return length - tagBytes - 4;
    }

    @Override
    int unprotectControl(byte[] packet, int length, int said) {
        int end = length - tagBytes;
        authenticate(rtcp, packet, end, false, 0);
        if (!isTag(packet, end)) {
            return FORGED;
        }
        if ((said & ENCRYPTED) != 0) {
            crypt(rtcp, packet, Octets.RTCP_HEADER_BYTES, end - 4, Octets.word(packet, 4), said & ~ENCRYPTED);
        }
        return end - 4;
    }
}
