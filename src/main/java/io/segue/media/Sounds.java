package io.segue.media;

import io.segue.flow.media.Source.Sound;
import io.segue.rtp.G711;
import io.segue.rtp.Law;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The sounds a leg can hear, as mu-law: the tones, computed once, and files by id. The directory is read at the start; files of the class path at their first use. */
final class Sounds {
    private static final Logger LOG = Logger.getLogger(Sounds.class);
    private static final String SUFFIX = ".ulaw";
    private static final int RATE = 8000;
    /** The amplitude of a sine of 0 dBm0. */
    private static final double ZERO_DBM0 = 22_656;

    private static final byte[] TONE = tone();
    private static final byte[] RINGBACK = ringback();

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicLong unknown = new AtomicLong();
    private final int bytesMax;

    Sounds(@Nullable Path directory, int bytesMax) {
        this.bytesMax = bytesMax;
        if (directory != null) {
            read(directory);
        }
    }

    private void read(Path directory) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : found) {
                String name = String.valueOf(file.getFileName());
                String id = name.substring(0, name.length() - SUFFIX.length());
                long size = Files.size(file);
                if (!isId(id) || size == 0 || size > bytesMax) {
                    LOG.warnf("sound file %s is left out: its name or its size (%d bytes) will not do", file, size);
                } else {
                    files.put(id, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            LOG.warnf("sounds in %s cannot be read: %s", directory, e.toString());
        }
    }

    /** The octets of a sound, and whether the id was known; an unknown one is the tone. */
    byte[] octets(Sound sound) {
        return switch (sound) {
            case Sound.Tone() -> TONE;
            case Sound.Ringback() -> RINGBACK;
            case Sound.File(String id) -> file(id);
            case Sound.Once(String id) -> file(id);
        };
    }

    private byte[] file(String id) {
        byte @Nullable [] octets = isId(id) ? files.computeIfAbsent(id, this::resource) : null;
        if (octets == null) {
            unknown.incrementAndGet();
            return TONE;
        }
        return octets;
    }

    private byte @Nullable [] resource(String id) {
        try (InputStream in = Sounds.class.getResourceAsStream("/sounds/" + id + SUFFIX)) {
            byte @Nullable [] octets = in == null ? null : in.readNBytes(bytesMax);
            // Not kept where there is none: ids come from configuration, but nobody counts them.
            return octets == null || octets.length == 0 ? null : octets;
        } catch (IOException e) {
            return null;
        }
    }

    /** How often a sound was asked for that there is not. */
    long unknown() {
        return unknown.get();
    }

    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= 64
                && id.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '-'
                                || c == '_');
    }

    /** 400 Hz, swelling between -40 and -30 dBm0 once in two seconds: soft, and never below what counts as dead air. */
    private static byte[] tone() {
        byte[] octets = new byte[2 * RATE];
        double peak = ZERO_DBM0 * Math.pow(10, -30 / 20.0);
        for (int i = 0; i < octets.length; i++) {
            double swell = 0.66 - 0.34 * Math.cos(2 * Math.PI * i / octets.length);
            octets[i] = G711.encode(Law.ULAW, (int) Math.round(peak * swell * Math.sin(2 * Math.PI * 400 * i / RATE)));
        }
        return octets;
    }

    /** 440 and 480 Hz at -19 dBm0 each, 2 s on and 4 s off. */
    private static byte[] ringback() {
        byte[] octets = new byte[6 * RATE];
        double peak = ZERO_DBM0 * Math.pow(10, -19 / 20.0);
        for (int i = 0; i < octets.length; i++) {
            double sample = i < 2 * RATE
                    ? peak * (Math.sin(2 * Math.PI * 440 * i / RATE) + Math.sin(2 * Math.PI * 480 * i / RATE))
                    : 0;
            octets[i] = G711.encode(Law.ULAW, (int) Math.round(sample));
        }
        return octets;
    }
}
