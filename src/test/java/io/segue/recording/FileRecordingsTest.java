package io.segue.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.segue.flow.record.Recordings.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory and its threads, on a real disk. */
class FileRecordingsTest {
    private static final String CALL = "0123456789abcdef".repeat(2);
    private static final String OTHER = "f".repeat(32);

    @TempDir
    Path directory;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Integer> deleted = new CopyOnWriteArrayList<>();

    private FileRecordings open(Path at, Limits limits) {
        return new FileRecordings(
                at,
                limits,
                new FileRecordings.Rules(Duration.ofSeconds(5), Optional.of(Duration.ofDays(90)), deleted::add),
                System::nanoTime,
                InstantSource.system());
    }

    private FileRecordings open() {
        return open(directory, Limits.defaults());
    }

    private static Limits limits(int callsMax, long bytesMax) {
        Limits d = Limits.defaults();
        return new Limits(callsMax, d.callBytesMax(), bytesMax, d.placesMax(), d.holdBackMs(), d.abandonedMs());
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("in vain: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void finish(Recording recording, FileRecordings recordings) {
        recording.end(System.nanoTime());
        until("it is written", () -> recordings.live() == 0);
    }

    private Path left(String name, int bytes, Duration age) throws IOException {
        Path file = directory.resolve(name.substring(0, 2)).resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        return file;
    }

    @Test
    void aRecordingIsFoundByItsCallAndDeletedWithIt() {
        try (FileRecordings recordings = open()) {
            Recording recording = recordings.begin(CALL, failures::add);
            until("it has begun", () -> recordings.find(CALL).isPresent());
            finish(recording, recordings);
            assertTrue(recordings.find(CALL).orElseThrow().file().toString().endsWith(".wav"));
            assertTrue(recordings.delete(CALL).toCompletableFuture().join());
            assertTrue(recordings.find(CALL).isEmpty());
            assertFalse(recordings.delete(CALL).toCompletableFuture().join());
        }
        assertEquals(List.of(), failures);
    }

    @Test
    void aCallThatIsErasedWhileItIsRecordedLeavesNothing() {
        try (FileRecordings recordings = open()) {
            recordings.begin(CALL, failures::add);
            until("it has begun", () -> recordings.find(CALL).isPresent());
            recordings.delete(CALL).toCompletableFuture().join();
            until("nobody writes", () -> recordings.live() == 0);
            assertTrue(recordings.find(CALL).isEmpty());
        }
    }

    @Test
    void whereTheDirectoryIsNoneItFailsLoudlyAndForThisCallAlone() throws IOException {
        Path file = Files.createFile(directory.resolve("no-directory"));
        try (FileRecordings recordings = open(file, Limits.defaults())) {
            recordings.begin(CALL, failures::add);
            until("it is told", () -> failures.size() == 1);
            until("it is over", () -> recordings.live() == 0);
            assertEquals(1, recordings.failed());
        }
    }

    @Test
    void recordsAsManyAsItMayAndNotOneMore() {
        try (FileRecordings recordings = open(directory, limits(1, 1 << 20))) {
            Recording first = recordings.begin(CALL, failures::add);
            until("it has begun", () -> recordings.find(CALL).isPresent());
            recordings.begin(OTHER, failures::add);
            until("the other is refused", () -> failures.size() == 1);
            finish(first, recordings);
            assertTrue(failures.getFirst().contains("segue.recording.calls-max"), failures.getFirst());
        }
    }

    @Test
    void beginsBelowTheBytesOfAllAndNotAtThem() throws IOException {
        left(OTHER + ".wav", 1000, Duration.ZERO);
        try (FileRecordings recordings = open(directory, limits(10, 1001))) {
            until("it has looked", () -> recordings.bytes() == 1000);
            finish(recordings.begin(CALL, failures::add), recordings);
            assertEquals(List.of(), failures);
            assertTrue(recordings.delete(CALL).toCompletableFuture().join());
        }
        try (FileRecordings recordings = open(directory, limits(10, 1000))) {
            until("it has looked", () -> recordings.bytes() == 1000);
            recordings.begin(CALL, failures::add);
            until("it is refused", () -> failures.size() == 1);
            assertTrue(failures.getFirst().contains("segue.recording.bytes-max"), failures.getFirst());
        }
    }

    @Test
    void whatIsOlderThanItsRetentionGoes() throws IOException {
        Path old = left(CALL + ".wav", 100, Duration.ofDays(90).plusMinutes(1));
        Path young = left(OTHER + ".wav", 100, Duration.ofDays(90).minusMinutes(1));
        try (FileRecordings recordings = open()) {
            until("it has looked", () -> deleted.equals(List.of(1)));
            assertFalse(Files.exists(old));
            assertTrue(Files.exists(young));
        }
    }

    @Test
    void whatAProcessThatDiedLeftBehindIsEndedAndCanBePlayed() throws IOException {
        left(CALL + ".part", WavHeader.BYTES + 321, Duration.ofMinutes(3));
        left(OTHER + ".part", WavHeader.BYTES + 320, Duration.ofMinutes(1));
        try (FileRecordings recordings = open()) {
            until("it has looked", () -> recordings
                    .find(CALL)
                    .filter(s -> s.file().toString().endsWith(".wav"))
                    .isPresent());
            ByteBuffer header = ByteBuffer.allocate(WavHeader.BYTES);
            WavHeader.write(header, 320);
            byte[] file = Files.readAllBytes(recordings.find(CALL).orElseThrow().file());
            assertEquals(WavHeader.BYTES + 320, file.length);
            assertArrayEquals(header.array(), java.util.Arrays.copyOf(file, WavHeader.BYTES));
            // Another gateway may be writing it.
            assertTrue(recordings.find(OTHER).orElseThrow().file().toString().endsWith(".part"));
        }
    }
}
