package io.segue.flow.contact;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.flow.record.ErasedCalls;
import io.segue.flow.record.Recordings;
import io.segue.flow.record.TextDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/** Keeps, shows and erases contacts, in the archive, in the store and in the calls that go on here. */
public final class ContactDesk implements ContactBook {
    private final ToIntFunction<Set<Identity>> live;
    private final CallStore store;
    private final Recordings recordings;
    private final Contacts contacts;
    private final AuditTrail audit;
    private final UnaryOperator<String> pseudonym;

    /**
     * @param live makes calls that go on here and are with any of these forget what they read of their messages and what was recorded; how many there were
     * @param store without the archive behind it
     * @param pseudonym a name that stands for an identity and does not tell it
     */
    public ContactDesk(
            ToIntFunction<Set<Identity>> live,
            CallStore store,
            Recordings recordings,
            Contacts contacts,
            AuditTrail audit,
            UnaryOperator<String> pseudonym) {
        this.live = live;
        this.store = store;
        this.recordings = recordings;
        this.contacts = contacts;
        this.audit = audit;
        this.pseudonym = pseudonym;
    }

    @Override
    public CompletionStage<ContactArchive.Keeping> keep(Set<Identity> identities, List<Message> messages) {
        return contacts.archive()
                .keep(
                        identities,
                        messages.stream()
                                .map(m -> m.saying(contacts.redactor().text(m.text())))
                                .toList());
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> find(Identity of, int atMost) {
        ContactArchive archive = contacts.archive();
        return archive.identities(of).thenCompose(identities -> archive.messages(of, atMost)
                .thenCombine(archive.calls(identities, atMost), (messages, calls) -> {
                    if (messages.isEmpty() && calls.isEmpty()) {
                        return Optional.empty();
                    }
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("id", of.value());
                    document.put(
                            "identities",
                            identities.stream().map(Identity::value).toList());
                    document.put(
                            "messages",
                            messages.stream().map(TextDocuments::message).toList());
                    document.put("calls", calls);
                    return Optional.of(document);
                }));
    }

    /** The order stands in the trail before anything is done. What marks the contact comes first and what names them last, so that it can be done again. */
    @Override
    public CompletionStage<Erased> erase(Identity who, Actor by) {
        ContactArchive archive = contacts.archive();
        String name = pseudonym.apply(who.value());
        return audit.append(new Entry("contact.erasure_ordered", null, by, Map.of("contact", name)))
                .thenCompose(written -> archive.identities(who))
                .thenCompose(identities -> archive.mark(identities).thenCompose(marked -> {
                    int told = live.applyAsInt(identities);
                    return deleteRecordings(identities).thenCompose(recorded -> eraseCalls(identities, 0)
                            .thenCompose(calls -> archive.forget(identities)
                                    .thenApply(messages -> new Erased(messages, calls, recorded, told))));
                }))
                .thenApply(erased -> {
                    audit.record(new Entry(
                            "contact.erased",
                            null,
                            by,
                            Map.of(
                                    "contact",
                                    name,
                                    "messages",
                                    erased.messages(),
                                    "calls",
                                    erased.calls(),
                                    "recordings",
                                    erased.recordings())));
                    return erased;
                });
    }

    /** Before the calls are erased, for then nobody knows any more whose they were. */
    private CompletionStage<Integer> deleteRecordings(Set<Identity> identities) {
        return contacts.archive().calls(identities, Integer.MAX_VALUE).thenCompose(calls -> {
            List<CompletableFuture<Boolean>> deleted = calls.stream()
                    .map(call ->
                            recordings.delete(String.valueOf(call.get("id"))).toCompletableFuture())
                    .toList();
            return CompletableFuture.allOf(deleted.toArray(CompletableFuture<?>[]::new))
                    .thenApply(done -> (int)
                            deleted.stream().filter(CompletableFuture::join).count());
        });
    }

    private CompletionStage<Integer> eraseCalls(Set<Identity> identities, int before) {
        return contacts.archive().eraseCalls(identities).thenCompose(calls -> {
            if (calls.isEmpty()) {
                return CompletableFuture.completedStage(before);
            }
            List<CompletableFuture<?>> inStore = new ArrayList<>();
            calls.forEach(call -> inStore.add(eraseInStore(call).toCompletableFuture()));
            return CompletableFuture.allOf(inStore.toArray(CompletableFuture<?>[]::new))
                    .thenCompose(done -> eraseCalls(identities, before + calls.size()));
        });
    }

    /** While the store is away its records expire by themselves: the archive's are done. */
    private CompletionStage<Optional<CallRecord>> eraseInStore(String callId) {
        return store.find(callId)
                .thenApply(found -> {
                    found.filter(CallRecord::ended).map(ErasedCalls::erased).ifPresent(store::save);
                    return found;
                })
                .exceptionally(away -> Optional.empty());
    }
}
