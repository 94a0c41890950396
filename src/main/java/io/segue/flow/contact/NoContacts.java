package io.segue.flow.contact;

import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.record.ArchiveAway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An archive that is always away. */
final class NoContacts implements ContactArchive {
    private static <T> CompletionStage<T> away() {
        return CompletableFuture.failedStage(new ArchiveAway("there is no archive of contacts"));
    }

    @Override
    public CompletionStage<Keeping> keep(Set<Identity> identities, List<Message> messages) {
        return away();
    }

    @Override
    public CompletionStage<List<Message>> messages(Identity of, int atMost) {
        return away();
    }

    @Override
    public CompletionStage<Set<Identity>> identities(Identity of) {
        return away();
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> calls(Set<Identity> with, int atMost) {
        return away();
    }

    @Override
    public CompletionStage<Void> mark(Set<Identity> erased) {
        return away();
    }

    @Override
    public CompletionStage<List<String>> eraseCalls(Set<Identity> with) {
        return away();
    }

    @Override
    public CompletionStage<Integer> forget(Set<Identity> erased) {
        return away();
    }
}
