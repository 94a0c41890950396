package io.segue.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionDescriptionTest {

    static SessionDescription read(String text) {
        return assertInstanceOf(
                        ParsedSdp.Understood.class,
                        SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8), Limits.defaults()))
                .description();
    }

    @Test
    void readsSessionAndStreamsAndWritesThemAgain() {
        SessionDescription read = read("""
                v=0
                o=bob 280744730 28977631 IN IP4 host.example.com
                s=
                b=AS:80
                t=0 0
                a=inactive
                m=audio 22334/2 RTP/AVP 0 101
                c=IN IP4 224.2.1.1/127
                a=sendonly
                m=video 6024 RTP/AVP 107
                c=IN IP6 2001:db8::1
                a=rtpmap:107 H263-1998/90000
                """);
        assertEquals("-", read.name());
        assertNull(read.connection());
        assertEquals(2, read.media().size());
        assertEquals(22334, read.media().getFirst().port());
        assertEquals("224.2.1.1", read.connection(read.media().getFirst()).address());
        assertEquals(Direction.SENDONLY, read.direction(read.media().getFirst()));
        assertEquals(Direction.INACTIVE, read.direction(read.media().getLast()));
        assertEquals("107 H263-1998/90000", read.media().getLast().attribute("rtpmap"));
        assertEquals(read, read(read.toString()));
    }

    @Test
    void passesOverLinesThatAreNone() {
        assertEquals(
                1,
                read("v=0\no=- 1 1 IN IP4 a\nm=audio 1 RTP/AVP 0\nm =video 3 RTP/AVP 1\n\nx\na=\n")
                        .media()
                        .size());
    }

    @Test
    void rejectsWhatIsNoDescription() {
        for (String bad : new String[] {
            "",
            "x",
            "v=1\no=- 1 1 IN IP4 a\n",
            "v=0\n",
            "v=0\no=x\n",
            "v=0\no=- 1 1 IN IP4 a\nc=IN\n",
            "v=0\no=- 1 1 IN IP4 a\nm=audio\n",
            "v=0\no=- 1 1 IN IP4 a\nm=audio 65536 RTP/AVP 0\n",
            "v=0\no=- 1 1 IN IP4 a\nm=audio -1 RTP/AVP 0\n",
            "v=0\no=- 1 1 IN IP4 a\rb\n",
            "v=0\no=- 1 1 XX IP4 a\n"
        }) {
            assertInstanceOf(
                    ParsedSdp.Rejected.class,
                    SessionDescription.parse(bad.getBytes(StandardCharsets.UTF_8), Limits.defaults()),
                    bad);
        }
    }

    @Test
    void holdsEachLimitAndRejectsOnePastIt() {
        String text = "v=0\no=- 1 1 IN IP4 a\nm=audio 1 RTP/AVP 0 8\nm=audio 3 RTP/AVP 0\n";
        int size = text.length();
        assertTrue(fits(text, new Limits(size, 4, 2, 2)));
        assertTrue(!fits(text, new Limits(size - 1, 4, 2, 2)));
        assertTrue(!fits(text, new Limits(size, 3, 2, 2)));
        assertTrue(!fits(text, new Limits(size, 4, 1, 2)));
        assertTrue(!fits(text, new Limits(size, 4, 2, 1)));
    }

    @Test
    void letsNoValueBringALineOfItsOwn() {
        assertThrows(IllegalArgumentException.class, () -> new Attribute("x", "1\r\nm=audio 1 RTP/AVP 0"));
        assertThrows(IllegalArgumentException.class, () -> Connection.of("192.0.2.1\r\nm=audio"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Media("audio", 1, "RTP/AVP", List.of("0\n"), null, List.of()));
    }

    private static boolean fits(String text, Limits limits) {
        return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8), limits) instanceof ParsedSdp.Understood;
    }
}
