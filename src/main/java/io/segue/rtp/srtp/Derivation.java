package io.segue.rtp.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys out of master keys, once for the life of a stream (RFC 3711 4.3; RFC 7714 11 with its shorter salt, zeros behind). */
final class Derivation {
    static final int RTP_KEY = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_KEY = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private static final int BLOCK_BYTES = 16;
    private static final int LABEL_AT = 7;

    private final SecretKeySpec master;
    private final byte[] salt;

    Derivation(byte[] masterKey, byte[] masterSalt) {
        this.master = new SecretKeySpec(masterKey, "AES");
        this.salt = Arrays.copyOf(masterSalt, BLOCK_BYTES);
    }

    byte[] derive(int label, int octets) {
        byte[] counter = salt.clone();
        counter[LABEL_AT] ^= (byte) label;
        try {
            Cipher stream = Cipher.getInstance("AES/CTR/NoPadding");
            stream.init(Cipher.ENCRYPT_MODE, master, new IvParameterSpec(counter));
            return stream.doFinal(new byte[octets]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
