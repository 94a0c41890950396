package io.segue.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an ICE-lite agent says to a check (RFC 8445 7.3, RFC 8489 9.1.3). It is always the controlled one. */
public final class IceLite {
    private IceLite() {}

    /** The answer to a check, to be sent to where it came from. */
    public sealed interface Answer {
        /** The message, to be written as it is. */
        byte[] response();

        /**
         * The peer gets through, and may be sent to.
         *
         * @param nominated whether it wants to be sent to on this path
         */
        @SuppressWarnings("ArrayRecordComponent") // Made once and written once.
        record Valid(byte[] response, boolean nominated) implements Answer {}

        /** @param status 400, 401, 420 or 487 */
        @SuppressWarnings("ArrayRecordComponent") // Made once and written once.
        record Refused(byte[] response, int status) implements Answer {}
    }

    /**
     * Answers a check.
     *
     * @param from the address that it came from, which is told to the peer
     * @param ufrag our {@code ice-ufrag}
     * @param password our {@code ice-pwd}
     */
    public static Answer answer(BindingRequest request, InetSocketAddress from, String ufrag, String password) {
        byte[] key = password.getBytes(StandardCharsets.UTF_8);
        if (!request.hasCredentials()) {
            return refused(request, 400, "Bad Request", List.of(), null);
        }
        if (!request.localUfrag().equals(ufrag) || !request.isBy(key)) {
            return refused(request, 401, "Unauthenticated", List.of(), null);
        }
        if (!request.unknown().isEmpty()) {
            return refused(request, 420, "Unknown Attribute", request.unknown(), key);
        }
        if (request.controlled()) {
            return refused(request, 487, "Role Conflict", List.of(), key);
        }
        return new Answer.Valid(success(request, from, key), request.nominates());
    }

    private static byte[] success(BindingRequest request, InetSocketAddress from, byte[] key) {
        byte[] address = from.getAddress().getAddress();
        byte[] mask = request.cookieAndTransaction();
        ByteBuffer value = ByteBuffer.allocate(4 + address.length);
        value.put((byte) 0).put((byte) (address.length == 4 ? 1 : 2));
        value.putShort((short) (from.getPort() ^ Wire.COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            value.put((byte) (address[i] ^ mask[i]));
        }
        return new StunWriter(Wire.BINDING_SUCCESS, mask)
                .attribute(Wire.XOR_MAPPED_ADDRESS, value.array())
                .integrity(key)
                .sealed();
    }

    /** Without MESSAGE-INTEGRITY where the peer has not shown that it knows the password (RFC 8489 9.1.3). */
    private static Answer refused(
            BindingRequest request,
            int status,
            String reason,
            List<Integer> unknown,
            byte @org.jspecify.annotations.Nullable [] key) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocate(4 + text.length);
        value.putShort((short) 0)
                .put((byte) (status / 100))
                .put((byte) (status % 100))
                .put(text);
        StunWriter writer = new StunWriter(Wire.BINDING_ERROR, request.cookieAndTransaction())
                .attribute(Wire.ERROR_CODE, value.array());
        if (!unknown.isEmpty()) {
            ByteBuffer types = ByteBuffer.allocate(2 * unknown.size());
            unknown.forEach(type -> types.putShort(type.shortValue()));
            writer.attribute(Wire.UNKNOWN_ATTRIBUTES, types.array());
        }
        if (key != null) {
            writer.integrity(key);
        }
        return new Answer.Refused(writer.sealed(), status);
    }
}
