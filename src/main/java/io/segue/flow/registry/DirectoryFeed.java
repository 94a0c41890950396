package io.segue.flow.registry;

import io.segue.registry.Directory;
import io.segue.registry.FieldError;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries what is stored into the directory in memory. */
public final class DirectoryFeed implements Documents.Listener {
    private static final Logger LOG = Logger.getLogger(DirectoryFeed.class);

    private final Directory directory;

    public DirectoryFeed(Directory directory) {
        this.directory = directory;
    }

    @Override
    public void changed(Documents.Kind kind, String id, @Nullable Map<String, Object> document) {
        List<FieldError> errors =
                switch (kind) {
                    case AGENT -> directory.agent(id, document);
                    case QUEUE -> directory.queue(id, document);
                    case HUMAN -> directory.human(id, document);
                    case TRUNK -> directory.trunk(id, document);
                };
        if (!errors.isEmpty()) {
            LOG.warnf("the stored %s %s is left out, since it cannot be read: %s", kind, id, errors);
        }
    }
}
