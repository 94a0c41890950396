package io.segue.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.human.Human;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class SessionTokensTest {
    private static final Optional<ApiKeys.Holder> ANN = Optional.of(ApiKeys.Holder.ofSession("ann", Role.REVIEWER));
    private static final byte[] KEY = "k".repeat(32).getBytes(StandardCharsets.UTF_8);

    private final Map<String, Human> humans = new ConcurrentHashMap<>();
    private final SessionTokens tokens = new SessionTokens(KEY, id -> Optional.ofNullable(humans.get(id)));

    private static Human human(String id, String digest, Human.Role role) {
        return new Human(id, id, null, new Human.Credentials(digest, digest), List.of(), List.of(), false, role);
    }

    private static Optional<ApiKeys.Holder> holderOf(SessionTokens tokens, String token, long nowMs) {
        return tokens.sessionOf(token, nowMs).map(SessionTokens.Session::holder);
    }

    private String token() {
        humans.put("ann", human("ann", "1", Human.Role.REVIEWER));
        return tokens.issue(humans.get("ann"), 1_000);
    }

    @Test
    void isGoodUntilItsEndAndAtEveryGatewayWithTheSameKey() {
        String token = token();
        assertEquals(ANN, holderOf(tokens, token, 999));
        assertEquals(Optional.empty(), holderOf(tokens, token, 1_000));
        assertEquals(ANN, holderOf(new SessionTokens(KEY, id -> Optional.ofNullable(humans.get(id))), token, 0));
        byte[] other = "l".repeat(32).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Optional.empty(),
                holderOf(new SessionTokens(other, id -> Optional.ofNullable(humans.get(id))), token, 0));
    }

    @Test
    void isGoodNoLongerOncePasswordOrRoleHasChangedOrTheHumanIsGone() {
        String token = token();
        humans.put("ann", human("ann", "2", Human.Role.REVIEWER));
        assertEquals(Optional.empty(), holderOf(tokens, token, 0));
        humans.put("ann", human("ann", "1", Human.Role.SUPERVISOR));
        assertEquals(Optional.empty(), holderOf(tokens, token, 0));
        humans.put("ann", human("ann", "1", Human.Role.REVIEWER));
        assertEquals(ANN, holderOf(tokens, token, 0));
        humans.remove("ann");
        assertEquals(Optional.empty(), holderOf(tokens, token, 0));
    }

    @Test
    void refusesWhatIsForgedOrNoToken() {
        String token = token();
        humans.put("sue", human("sue", "3", Human.Role.SUPERVISOR));
        String code = token.substring(token.lastIndexOf('.'));
        for (String claims :
                List.of("sue\nsupervisor\n1000", "ann\nsupervisor\n1000", "ann\nreviewer\n9999", "ann", "")) {
            String forged = SessionTokens.PREFIX
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.empty(), holderOf(tokens, forged + code, 0), claims);
        }
        for (String text : List.of(
                "", ".", "segue1.", "segue1..", "segue1.%.%", token + "x", "segue1." + "a".repeat(600) + ".a")) {
            assertEquals(Optional.empty(), holderOf(tokens, text, 0), text);
        }
    }

    @Test
    void isNotMadeForAHumanWithoutAPassword() {
        Human phone = new Human("p", "p", "sip:p@192.0.2.1", null, List.of(), List.of(), false, Human.Role.HUMAN);
        assertThrows(IllegalArgumentException.class, () -> tokens.issue(phone, 1_000));
    }

    @Test
    void aSessionIsKnownByOneIdHoweverItsTokenIsSpelt() {
        String token = token();
        SessionTokens.Session session = tokens.sessionOf(token, 0).orElseThrow();
        assertEquals(1_000, session.endsMs());
        assertEquals(64, session.id().length());
        // 32 octets are 43 digits, of which the last has two bits to spare.
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = digits.indexOf(token.charAt(token.length() - 1));
        String otherwise = token.substring(0, token.length() - 1) + digits.charAt(last ^ 1);
        assertEquals(Optional.of(session), tokens.sessionOf(otherwise, 0));
        String later = tokens.issue(humans.get("ann"), 2_000);
        assertNotEquals(session.id(), tokens.sessionOf(later, 0).orElseThrow().id());
    }
}
