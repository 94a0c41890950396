package io.segue.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** One recording's file while it grows. After each write its header says what is there, so that it can be played at any time, also after the process has died. */
final class RecordingFile implements AutoCloseable {
    private final Path growing;
    private final Path done;
    private final FileChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(WavHeader.BYTES);
    private long dataBytes;

    private RecordingFile(Path growing, Path done, FileChannel channel) {
        this.growing = growing;
        this.done = done;
        this.channel = channel;
    }

    static RecordingFile create(Path growing, Path done) throws IOException {
        Files.createDirectories(growing.getParent());
        FileChannel channel = FileChannel.open(growing, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        RecordingFile file = new RecordingFile(growing, done, channel);
        try {
            file.header();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return file;
    }

    /** Appends audio. */
    void write(ByteBuffer audio) throws IOException {
        int bytes = audio.remaining();
        long at = WavHeader.BYTES + dataBytes;
        while (audio.hasRemaining()) {
            at += channel.write(audio, at);
        }
        dataBytes += bytes;
        header();
    }

    private void header() throws IOException {
        WavHeader.write(header.clear(), dataBytes);
        header.flip();
        for (long at = 0; header.hasRemaining(); ) {
            at += channel.write(header, at);
        }
    }

    long dataBytes() {
        return dataBytes;
    }

    /** Ends it: from now on it has its last name. */
    void finish() throws IOException {
        channel.close();
        Files.move(growing, done, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets go of it as it is. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Ends a file of a process that is gone: its header says what is there. */
    static void repair(Path growing, Path done) throws IOException {
        long length = Files.size(growing);
        if (length < WavHeader.BYTES) {
            Files.delete(growing);
            return;
        }
        try (FileChannel channel = FileChannel.open(growing, StandardOpenOption.WRITE)) {
            long data = (length - WavHeader.BYTES) / WavHeader.CHANNELS * WavHeader.CHANNELS;
            channel.truncate(WavHeader.BYTES + data);
            ByteBuffer header = ByteBuffer.allocate(WavHeader.BYTES);
            WavHeader.write(header, data);
            header.flip();
            channel.write(header, 0);
        }
        Files.move(growing, done, StandardCopyOption.ATOMIC_MOVE);
    }
}
