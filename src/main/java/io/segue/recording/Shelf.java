package io.segue.recording;

import io.segue.flow.record.Recordings.Stored;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The directory: {@code <first two digits of the call's id>/<id>.wav}, {@code .part} while the call goes on. May be shared by all gateways. */
final class Shelf {
    private static final Logger LOG = Logger.getLogger(Shelf.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final String DONE = ".wav";
    private static final String GROWING = ".part";

    private final Path directory;

    Shelf(Path directory) {
        this.directory = directory;
    }

    RecordingFile create(String callId) throws IOException {
        return RecordingFile.create(path(callId, GROWING), path(callId, DONE));
    }

    private Path path(String callId, String ending) {
        if (!ID.matcher(callId).matches()) {
            throw new IllegalArgumentException("no id of a call");
        }
        return directory.resolve(callId.substring(0, 2)).resolve(callId + ending);
    }

    Optional<Stored> find(String callId) {
        return stored(path(callId, DONE))
                .or(() -> stored(path(callId, GROWING)))
                // It may have been ended in between.
                .or(() -> stored(path(callId, DONE)));
    }

    private static Optional<Stored> stored(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stored(
                    file, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether there was anything. */
    boolean delete(String callId) throws IOException {
        boolean growing = Files.deleteIfExists(path(callId, GROWING));
        return Files.deleteIfExists(path(callId, DONE)) || growing;
    }

    /**
     * What a look through all of it came to.
     *
     * @param bytes what is left
     * @param deleted recordings that were too old
     */
    record Sweep(long bytes, int deleted) {}

    /**
     * Deletes what is too old, ends what nobody writes to any more, and adds up the rest.
     *
     * @param keepFrom what was changed before goes
     * @param aliveFrom a file that grows and was changed before is abandoned
     * @param ours whether a call is being recorded here
     */
    Sweep sweep(Instant keepFrom, Instant aliveFrom, Predicate<String> ours) throws IOException {
        long bytes = 0;
        int deleted = 0;
        if (!Files.isDirectory(directory)) {
            return new Sweep(0, 0);
        }
        try (DirectoryStream<Path> shelves = Files.newDirectoryStream(directory, "[0-9a-f][0-9a-f]")) {
            for (Path shelf : shelves) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf, "*{.wav,.part}")) {
                    for (Path file : files) {
                        long left = look(file, keepFrom, aliveFrom, ours);
                        bytes += Math.max(0, left);
                        deleted += left < 0 ? 1 : 0;
                    }
                }
            }
        }
        return new Sweep(bytes, deleted);
    }

    /** Its bytes; negative where it has been deleted. */
    private long look(Path file, Instant keepFrom, Instant aliveFrom, Predicate<String> ours) {
        String name = String.valueOf(file.getFileName());
        String callId = name.substring(0, name.lastIndexOf('.'));
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant changed = attributes.lastModifiedTime().toInstant();
            if (!ID.matcher(callId).matches() || ours.test(callId)) {
                return attributes.size();
            }
            if (changed.isBefore(keepFrom)) {
                Files.deleteIfExists(file);
                return -1;
            }
            if (name.endsWith(GROWING) && changed.isBefore(aliveFrom)) {
                RecordingFile.repair(file, path(callId, DONE));
                LOG.infof(
                        "The recording of call %s was left behind by a gateway that is gone, and has been ended",
                        callId);
            }
            return attributes.size();
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            LOG.errorf("The recording %s cannot be looked after: %s", file, e);
            return 0;
        }
    }
}
