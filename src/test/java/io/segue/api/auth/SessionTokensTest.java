package io.segue.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

    private String token() {
        humans.put("ann", human("ann", "1", Human.Role.REVIEWER));
        return tokens.issue(humans.get("ann"), 1_000);
    }

    @Test
    void isGoodUntilItsEndAndAtEveryGatewayWithTheSameKey() {
        String token = token();
        assertEquals(ANN, tokens.holderOf(token, 999));
        assertEquals(Optional.empty(), tokens.holderOf(token, 1_000));
        assertEquals(ANN, new SessionTokens(KEY, id -> Optional.ofNullable(humans.get(id))).holderOf(token, 0));
        byte[] other = "l".repeat(32).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Optional.empty(),
                new SessionTokens(other, id -> Optional.ofNullable(humans.get(id))).holderOf(token, 0));
    }

    @Test
    void isGoodNoLongerOncePasswordOrRoleHasChangedOrTheHumanIsGone() {
        String token = token();
        humans.put("ann", human("ann", "2", Human.Role.REVIEWER));
        assertEquals(Optional.empty(), tokens.holderOf(token, 0));
        humans.put("ann", human("ann", "1", Human.Role.SUPERVISOR));
        assertEquals(Optional.empty(), tokens.holderOf(token, 0));
        humans.put("ann", human("ann", "1", Human.Role.REVIEWER));
        assertEquals(ANN, tokens.holderOf(token, 0));
        humans.remove("ann");
        assertEquals(Optional.empty(), tokens.holderOf(token, 0));
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
            assertEquals(Optional.empty(), tokens.holderOf(forged + code, 0), claims);
        }
        for (String text : List.of(
                "", ".", "segue1.", "segue1..", "segue1.%.%", token + "x", "segue1." + "a".repeat(600) + ".a")) {
            assertEquals(Optional.empty(), tokens.holderOf(text, 0), text);
        }
    }

    @Test
    void isNotMadeForAHumanWithoutAPassword() {
        Human phone = new Human("p", "p", "sip:p@192.0.2.1", null, List.of(), List.of(), false, Human.Role.HUMAN);
        assertThrows(IllegalArgumentException.class, () -> tokens.issue(phone, 1_000));
    }
}
