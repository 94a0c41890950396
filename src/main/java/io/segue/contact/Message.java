package io.segue.contact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One message on another channel than the phone.
 *
 * @param id the channel's own, 1 to 128 characters: with the channel it is unique for a contact, so that what is sent twice is kept once
 * @param text what was written; text from a contact, never markup
 * @param at when, in Unix milliseconds
 */
public record Message(String id, Channel channel, Direction direction, String text, long at) {
    /** One that may have no id of its own: then its content is its id. */
    public static Message of(@Nullable String id, Channel channel, Direction direction, String text, long at) {
        return new Message(id == null ? digest(direction + "\n" + at + "\n" + text) : id, channel, direction, text, at);
    }

    /** The same in other words. */
    public Message saying(String other) {
        return new Message(id, channel, direction, other, at);
    }

    private static String digest(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
