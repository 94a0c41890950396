package io.segue.rtp.srtp;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_128_GCM, RFC 7714. The JDK's cipher has to be given a nonce of its own for each packet, and allocates for it. */
final class GcmTransform extends Transform {
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final int tagBytes;
    private final Unit rtp;
    private final Unit rtcp;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] word = new byte[4];

    private static final class Unit {
        private final Cipher cipher;
        private final Key key;
        private final byte[] salt;

        Unit(byte[] key, byte[] salt) {
            this.key = new SecretKeySpec(key, "AES");
            this.salt = salt;
            try {
                this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    GcmTransform(Derivation keys, SrtpProfile profile) {
        this(
                keys.derive(Derivation.RTP_KEY, profile.keyBytes()),
                keys.derive(Derivation.RTP_SALT, profile.saltBytes()),
                keys.derive(Derivation.RTCP_KEY, profile.keyBytes()),
                keys.derive(Derivation.RTCP_SALT, profile.saltBytes()),
                profile);
    }

    /** With session keys. */
    GcmTransform(byte[] rtpKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpSalt, SrtpProfile profile) {
        this.tagBytes = profile.tagBytes();
        this.rtp = new Unit(rtpKey, rtpSalt);
        this.rtcp = new Unit(rtcpKey, rtcpSalt);
    }

    @Override
    int tagBytes() {
        return tagBytes;
    }

    /** Two octets of zeros, the SSRC, the index, all of it by the salt (RFC 7714 8.1, 9.1). */
    private void begin(Unit unit, int mode, int ssrc, long index) throws GeneralSecurityException {
        System.arraycopy(unit.salt, 0, iv, 0, IV_BYTES);
        for (int i = 0; i < 4; i++) {
            iv[2 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            iv[6 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
        unit.cipher.init(mode, unit.key, new GCMParameterSpec(TAG_BITS, iv));
    }

    @Override
    int protect(byte[] packet, int header, int length, long index) {
        try {
            begin(rtp, Cipher.ENCRYPT_MODE, Octets.word(packet, 8), index);
            rtp.cipher.updateAAD(packet, 0, header);
            return header + rtp.cipher.doFinal(packet, header, length - header, packet, header);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    int unprotect(byte[] packet, int header, int length, long index) {
        try {
            begin(rtp, Cipher.DECRYPT_MODE, Octets.word(packet, 8), index);
            rtp.cipher.updateAAD(packet, 0, header);
            return header + rtp.cipher.doFinal(packet, header, length - header, packet, header);
        } catch (AEADBadTagException e) {
            return FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    int protectControl(byte[] packet, int length, int index) {
        int said = index | ENCRYPTED;
        try {
            begin(rtcp, Cipher.ENCRYPT_MODE, Octets.word(packet, 4), index);
            cover(packet, Octets.RTCP_HEADER_BYTES, said);
            int at = Octets.RTCP_HEADER_BYTES;
            int end = at + rtcp.cipher.doFinal(packet, at, length - at, packet, at);
            Octets.putWord(packet, end, said);
            return end + 4;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void cover(byte[] packet, int length, int said) {
        Octets.putWord(word, 0, said);
        rtcp.cipher.updateAAD(packet, 0, length);
        rtcp.cipher.updateAAD(word);
    }

    /** Behind the tag (RFC 7714 9.2). */
    @Override
    int controlWordAt(int length) {
        return length - 4;
    }

    @Override
    int unprotectControl(byte[] packet, int length, int said) {
        int at = (said & ENCRYPTED) != 0 ? Octets.RTCP_HEADER_BYTES : length - 4 - tagBytes;
        try {
            begin(rtcp, Cipher.DECRYPT_MODE, Octets.word(packet, 4), said & ~ENCRYPTED);
            cover(packet, at, said);
            return at + rtcp.cipher.doFinal(packet, at, length - 4 - at, packet, at);
        } catch (AEADBadTagException e) {
            return FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
