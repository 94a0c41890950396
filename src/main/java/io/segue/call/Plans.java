package io.segue.call;

import io.segue.handoff.Brief;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a human may be found, as the registry has it now. */
@FunctionalInterface
public interface Plans {
    /**
     * The queue and what follows it, in order.
     *
     * @param queue none: there is nobody, the agent keeps the caller
     */
    List<Brief.Target> from(@Nullable String queue);
}
