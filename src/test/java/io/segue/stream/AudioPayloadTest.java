package io.segue.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioPayloadTest {
    @Test
    void decodesWhatTheJdkEncodesAtAnyLengthAndOffsetWithAndWithoutPadding() {
        Random random = new Random(7);
        for (int length = 0; length < 400; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            for (Base64.Encoder encoder : new Base64.Encoder[] {
                Base64.getEncoder(), Base64.getEncoder().withoutPadding()
            }) {
                byte[] text = ("<" + encoder.encodeToString(bytes) + ">").getBytes(ISO_8859_1);
                byte[] into = new byte[AudioPayload.bytesMax(text.length - 2)];
                int decoded = AudioPayload.decode(text, 1, text.length - 2, into);
                assertEquals(length, decoded);
                assertArrayEquals(bytes, Arrays.copyOf(into, decoded));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA", "A===", "=", "====", "AA=A", "A A=", "AAA-", "AA\nA", "AAAé", "AA==AA=="})
    void refusesWhatIsNoBase64(String text) {
        assertNull(AudioPayload.decode(text));
    }

    @Test
    void refusesEveryCharacterOutsideTheAlphabetAtEveryPlace() {
        for (int c = 0; c < 256; c++) {
            boolean valid = Character.isLetterOrDigit(c) && c < 128 || c == '+' || c == '/';
            for (int place = 0; place < 7; place++) {
                byte[] text = "AAAAAAA".getBytes(ISO_8859_1);
                text[place] = (byte) c;
                assertEquals(valid ? 5 : -1, AudioPayload.decode(text, 0, 7, new byte[6]), "character " + c);
            }
        }
    }
}
