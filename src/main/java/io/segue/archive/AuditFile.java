package io.segue.archive;

import io.segue.audit.Link;
import io.segue.audit.SignedHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** This node's chain, and the heads signed for it, appended to a file as {@link AuditLines}; each batch is forced to the disk. A copy: PostgreSQL is the record. */
public final class AuditFile implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditFile.class);

    private final Path path;
    private final String node;
    private final FileChannel file;
    private final LongAdder failed = new LongAdder();

    public AuditFile(Path path, String node) throws IOException {
        this.path = path;
        this.node = node;
        this.file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    public void links(List<Link> links) {
        append(links.stream().map(AuditLines::of));
    }

    public void heads(List<SignedHead> heads) {
        append(heads.stream().filter(head -> head.node().equals(node)).map(AuditLines::of));
    }

    /** Batches that are not in the file. */
    public long failed() {
        return failed.sum();
    }

    private synchronized void append(Stream<String> lines) {
        String text = lines.map(line -> line + "\n").collect(Collectors.joining());
        if (text.isEmpty()) {
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            failed.increment();
            LOG.errorf("%s is not written any more: %s", path, e.getMessage());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
