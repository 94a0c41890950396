package io.segue.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

class WavHeaderTest {
    @Test
    void isReadBySomebodyElse() throws Exception {
        ByteBuffer file = ByteBuffer.allocate(WavHeader.BYTES + 320);
        WavHeader.write(file, 320);
        assertEquals(WavHeader.BYTES, file.position());
        try (AudioInputStream audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file.array()))) {
            assertEquals(AudioFormat.Encoding.ULAW, audio.getFormat().getEncoding());
            assertEquals(8000, audio.getFormat().getSampleRate());
            assertEquals(2, audio.getFormat().getChannels());
            assertEquals(160, audio.getFrameLength());
        }
    }

    @Test
    void saysTheLargestSizeThatItCan() {
        ByteBuffer header = ByteBuffer.allocate(WavHeader.BYTES);
        WavHeader.write(header, WavHeader.DATA_BYTES_MAX);
        assertEquals(0xFFFF_FFFFL - 8, Integer.toUnsignedLong(Integer.reverseBytes(header.getInt(4))));
        assertEquals(WavHeader.DATA_BYTES_MAX, Integer.toUnsignedLong(Integer.reverseBytes(header.getInt(54))));
    }
}
