package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramerTest {
    private static final String ONE = "OPTIONS sip:a SIP/2.0\r\nContent-Length: 5\r\n\r\nhello";
    private static final String TWO = "OPTIONS sip:b SIP/2.0\r\nl : 0 \r\n\r\n";

    @Test
    void cutsMessagesThatComeTogether() {
        assertEquals(List.of(ONE, TWO, ONE), frames(1000, 1000, ONE + TWO + ONE));
    }

    @Test
    void joinsAMessageThatComesByteByByte() {
        assertEquals(List.of(ONE, TWO, ONE), frames(1000, 1, ONE + TWO + "\r\n" + ONE));
    }

    @Test
    void answersADoubleCrlfBetweenMessagesHoweverItIsCut() {
        for (int step = 1; step < 6; step++) {
            assertEquals(List.of("ping", ONE, "ping", TWO), frames(1000, step, "\r\n\r\n" + ONE + "\r\n\r\n" + TWO));
        }
    }

    @Test
    void aSingleCrlfIsAPongAndNothing() {
        assertEquals(List.of(ONE), frames(1000, 100, "\r\n" + ONE));
        assertEquals(List.of(), frames(1000, 100, "\r\n"));
    }

    @Test
    void doubleLineEndsInABodyAreTheBodys() {
        String message = "INFO sip:a SIP/2.0\r\nContent-Length: 8\r\n\r\n\r\n\r\n\r\n\r\n";
        assertEquals(List.of(message, TWO), frames(1000, 3, message + TWO));
    }

    @Test
    void takesAMessageAtTheLimitAndNoneLonger() {
        assertEquals(List.of(ONE), frames(ONE.length(), 7, ONE));
        assertEquals(List.of("too long " + (ONE.length() - 5)), frames(ONE.length() - 1, 7, ONE));
    }

    @Test
    void aHeaderSectionWithoutEndIsTooLong() {
        String head = "OPTIONS sip:a SIP/2.0\r\nX: " + "x".repeat(100);
        assertEquals(List.of(), frames(head.length(), 16, head));
        assertEquals(List.of("too long 0"), frames(head.length() - 1, 16, head));
    }

    @Test
    void aMissingOrUselessContentLengthIsUnframed() {
        for (String length : List.of(
                "X: 1",
                "Content-Length: ",
                "Content-Length: -1",
                "Content-Length: 5x",
                "Content-Length: 5 5",
                "Content-Length: 99999999999",
                "Content-Length: 5\r\nl: 6")) {
            String message = "OPTIONS sip:a SIP/2.0\r\n" + length + "\r\n\r\nhello";
            assertEquals(List.of("unframed"), frames(1000, 1000, message), length);
        }
        assertEquals(List.of(TWO), frames(1000, 1000, TWO), "the framer is not broken");
    }

    @Test
    void theSameContentLengthTwiceIsTaken() {
        String message = "OPTIONS sip:a SIP/2.0\r\ncontent-length:5\r\nL: 5\r\n\r\nhello";
        assertEquals(List.of(message), frames(1000, 10, message));
    }

    @Test
    void headersThatOnlyBeginLikeContentLengthDoNotCount() {
        String message = "OPTIONS sip:a SIP/2.0\r\nContent-Length-X: 9\r\nLong: 7\r\nl: 0\r\n\r\n";
        assertEquals(List.of(message), frames(1000, 1000, message));
    }

    /** Feeds the text in pieces of so many bytes, and stops at what ends a connection. */
    private static List<String> frames(int most, int step, String text) {
        Framer framer = new Framer(most);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        List<String> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += step) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at));
            while (piece.hasRemaining()) {
                framer.append(piece);
                boolean more = false;
                while (!more) {
                    switch (framer.next()) {
                        case Framer.Frame.More() -> more = true;
                        case Framer.Frame.Ping() -> frames.add("ping");
                        case Framer.Frame.Message(byte[] buffer, int offset, int length) ->
                            frames.add(new String(buffer, offset, length, StandardCharsets.US_ASCII));
                        case Framer.Frame.Unframed ignored -> {
                            frames.add("unframed");
                            return frames;
                        }
                        case Framer.Frame.TooLong(byte[] ignored, int offset, int length) -> {
                            frames.add("too long " + length);
                            return frames;
                        }
                    }
                }
            }
        }
        return frames;
    }
}
