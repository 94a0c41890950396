package io.segue.demo.replay;

import io.segue.demo.DemoFailed;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Dialogues as JSON lines, plain or gzipped, which is told by how the file begins. It is read as a stream, and may be larger than memory.
 *
 * @param half which of them
 * @param limit at most so many of those
 */
public record DialogueFile(Path path, Half half, long limit) {
    private static final int GZIP_1 = 0x1F;
    private static final int GZIP_2 = 0x8B;

    /** Shows every dialogue that was asked for, in order. Throws {@link DemoFailed} that names the line when it is not of the shape. */
    public void each(Consumer<Dialogue> shown) {
        try (BufferedReader lines = open()) {
            long found = 0;
            long number = 0;
            for (@Nullable String line = lines.readLine(); line != null && found < limit; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                Dialogue dialogue = read(number, line);
                if (half.has(dialogue.id())) {
                    found++;
                    shown.accept(dialogue);
                }
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw new DemoFailed("there is no file " + path);
        } catch (IOException e) {
            throw new DemoFailed(path + " cannot be read: " + e);
        }
    }

    private Dialogue read(long number, String line) {
        try {
            return DialogueLine.read(line);
        } catch (IllegalArgumentException e) {
            throw new DemoFailed("line " + number + " of " + path + " is no dialogue: " + e.getMessage());
        }
    }

    private BufferedReader open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path));
        try {
            in.mark(2);
            boolean zipped = in.read() == GZIP_1 && in.read() == GZIP_2;
            in.reset();
            return new BufferedReader(new InputStreamReader(
                    zipped ? new GZIPInputStream(in) : in,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
