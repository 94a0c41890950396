package io.segue.flow.desk;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Who could take a call, as the registry knows it. Read from memory at each reservation, on any thread; never blocks. */
public interface Staff {
    /** The humans who serve a queue; none for an unknown one. */
    List<Member> of(String queue);

    /** Every human there is, by id. */
    Collection<String> everybody();

    /** Somebody who serves a queue, and what they can. */
    record Member(String human, Set<String> skills) {}
}
