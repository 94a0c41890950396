package io.segue.flow.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.audit.Written;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.AuditTrail;
import io.segue.signoff.Claims;
import io.segue.signoff.Redemption;
import io.segue.signoff.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RedeemerTest {
    private static final long NOW = 1_000_000;
    private static final Actor SHOP = new Actor("shop", "human");
    private static final Redemption MEANT = new Redemption("c-s1", null, null, null, null, null);

    private final Trail trail = new Trail();
    private final Redeemer redeemer = new Redeemer(new OneToken(), new Once(), trail);

    @Test
    void nobodyMayActBeforeTheTrailHasIt() {
        CompletableFuture<Signoffs.Redeemed> answer =
                redeemer.redeem(MEANT, "good", SHOP, NOW).toCompletableFuture();
        assertFalse(answer.isDone());
        trail.asked.getFirst().complete(new Written("n1", 1, "00", 0));
        assertInstanceOf(Signoffs.Redeemed.Good.class, answer.join());
        assertEquals(List.of("signoff.redeemed"), trail.kinds);
    }

    @Test
    void whatTheTrailDoesNotTakeIsNoLeaveAndNotGivenTwice() {
        CompletableFuture<Signoffs.Redeemed> answer =
                redeemer.redeem(MEANT, "good", SHOP, NOW).toCompletableFuture();
        trail.asked.getFirst().completeExceptionally(new ArchiveAway("away"));
        assertTrue(answer.isCompletedExceptionally());
        assertInstanceOf(
                Signoffs.Redeemed.Before.class,
                redeemer.redeem(MEANT, "good", SHOP, NOW).toCompletableFuture().join());
    }

    private static final class Trail implements AuditTrail {
        private final List<String> kinds = new ArrayList<>();
        private final List<CompletableFuture<Written>> asked = new ArrayList<>();

        @Override
        public CompletionStage<Written> append(Entry entry) {
            kinds.add(entry.kind());
            asked.add(new CompletableFuture<>());
            return asked.getLast();
        }

        @Override
        public void record(Entry entry) {
            kinds.add(entry.kind());
        }
    }

    private static final class OneToken implements Tokens {
        @Override
        public String issue(Claims claims) {
            return "good";
        }

        @Override
        public Reading read(String token) {
            long second = NOW / 1_000;
            return new Reading.Ours(new Claims(
                    "c-s1", "sam", "specialist", "c", "a1", "payment.authorize", "00", null, null, second, second + 1));
        }

        @Override
        public Map<String, Object> publicKeys() {
            return Map.of();
        }
    }

    private static final class Once implements SignoffArchive {
        private final Set<String> redeemed = new HashSet<>();

        @Override
        public void keep(Request.Kind kind, Map<String, Object> document) {}

        @Override
        public CompletionStage<Optional<Map<String, Object>>> find(Request.Kind kind, String id) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public CompletionStage<List<Map<String, Object>>> list(
                Request.Kind kind, String state, int atMost, Whose whose) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public CompletionStage<Redeemed> redeem(String signoff, String by, long at) {
            return CompletableFuture.completedStage(new Redeemed(redeemed.add(signoff), by, at));
        }
    }
}
