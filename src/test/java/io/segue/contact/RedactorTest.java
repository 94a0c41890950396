package io.segue.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.contact.Redactor.Read;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final Redactor PLAIN = Redactor.defaults();
    private static final int ROUNDS = 20_000;
    private static final List<String> SEPARATORS = List.of("", " ", "-", ".", "  ", " - ".strip(), "\u00a0");

    private final Random random = new Random(4711);

    private static Redactor with(Map<String, String> patterns) {
        return assertInstanceOf(Read.Ok.class, Redactor.of(true, true, patterns))
                .redactor();
    }

    private static int luhnSum(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum;
    }

    /** Any number of so many digits that Luhn's check holds for. */
    private String card(int length) {
        StringBuilder digits = new StringBuilder("" + (1 + random.nextInt(9)));
        while (digits.length() < length - 1) {
            digits.append(random.nextInt(10));
        }
        int check = (10 - luhnSum(digits + "0") % 10) % 10;
        return digits.append(check).toString();
    }

    /** The digits in groups of random sizes. */
    private String grouped(String digits) {
        StringBuilder grouped = new StringBuilder();
        String separator = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
        int next = 1 + random.nextInt(6);
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && --next == 0) {
                grouped.append(separator);
                next = 1 + random.nextInt(6);
            }
            grouped.append(digits.charAt(i));
        }
        return grouped.toString();
    }

    @Test
    void noCardNumberOfAnyLengthAndGroupingSurvives() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = card(13 + random.nextInt(7));
            String said = "it is " + grouped(card) + (random.nextBoolean() ? ", thanks" : "");
            String left = PLAIN.text(said);
            assertTrue(left.contains("[card]"), said + " became " + left);
            assertFalse(left.replaceAll("\\D", "").length() >= 13, said + " became " + left);
            assertEquals(left, PLAIN.text(left), "twice is as once");
        }
    }

    @Test
    void noCardNumberSurvivesNextToOtherNumbers() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = card(13 + random.nextInt(7));
            String before = "" + random.nextInt(10_000);
            String after = "" + random.nextInt(1_000);
            String left = PLAIN.text(before + " " + grouped(card).replaceAll("\\D", " ") + " " + after);
            assertFalse(left.replaceAll("\\D", "").contains(card), left);
        }
    }

    @Test
    void aSchemesNumberIsFoundWithinALongerRunOfDigits() {
        for (String card : List.of(
                "4111111111111111",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "6011111111111117",
                "3530111333300000",
                "36227206271667")) {
            assertFalse(PLAIN.text("99" + card + "123").contains(card), card);
            assertFalse(PLAIN.text("000000000" + card + "1226999").contains(card), card);
        }
    }

    @Test
    void ordinaryPhoneAndOrderNumbersSurvive() {
        for (int round = 0; round < ROUNDS; round++) {
            String order = IntStream.range(0, 4 + random.nextInt(9))
                    .mapToObj(i -> "" + random.nextInt(10))
                    .collect(Collectors.joining());
            String said = "order " + order + " please";
            assertEquals(said, PLAIN.text(said));
            String phone =
                    "call +" + (1 + random.nextInt(9)) + grouped(card(14)).substring(1) + " now";
            if (phone.replaceAll("\\D", "").length() <= 15 && Character.isDigit(phone.charAt(6))) {
                assertEquals(phone, PLAIN.text(phone));
            }
        }
        for (String said : List.of(
                "0171 1234567",
                "(555) 010-0199",
                "on 2026-11-23 at 15:30",
                "1 2 3 4 5 6 7 8 9 10",
                "4111 1111 1111",
                "")) {
            assertEquals(said, PLAIN.text(said));
        }
    }

    @Test
    void digitsOfOtherScriptsAreDigits() {
        assertEquals("[card]", PLAIN.text("４１１１ １１１１ １１１１ １１１１"));
        assertEquals("[card]", PLAIN.text("٤١١١ ١١١١ ١١١١ ١١١١"));
    }

    @Test
    void whatTheCallerPressedIsKnownAgain() {
        assertEquals("Your PIN [digits], is that right?", PLAIN.text("Your PIN 4 7 1 1, is that right?", "00124711#"));
        assertEquals("you pressed [digits]", PLAIN.text("you pressed 4711#", "4711#"));
        assertEquals("in 2026", PLAIN.text("in 2026", "4711#"));
        assertEquals("12 apples", PLAIN.text("12 apples", "312"), "two digits are a choice from a menu");
        assertEquals("[digits] apples", PLAIN.text("312 apples", "312"));
        assertEquals("4711", PLAIN.text("4711", ""), "nobody pressed it");
    }

    @Test
    void goesThroughATreeToItsLeavesAndNames() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("card", 4111111111111111L);
        tree.put("cardAsText", List.of("x", Map.of("n", "4111-1111-1111-1111")));
        tree.put("dtmf", "4711");
        tree.put("4111111111111111", true);
        tree.put("amount", 12.5);
        tree.put("count", 3);
        tree.put("big", 4.111111111111111E15);
        assertEquals(
                Map.of(
                        "card",
                        "[card]",
                        "cardAsText",
                        List.of("x", Map.of("n", "[card]")),
                        "dtmf",
                        "[4 digits]",
                        "[card]",
                        true,
                        "amount",
                        12.5,
                        "count",
                        3,
                        "big",
                        "[card]"),
                PLAIN.tree(tree, ""));
        Object deep = "4111111111111111";
        for (int i = 0; i <= Redactor.DEPTH_MAX; i++) {
            deep = List.of(deep);
        }
        assertFalse(PLAIN.tree(Map.of("deep", deep), "").toString().contains("4111"));
    }

    @Test
    void aTurnKeepsItsNameAndItsFigures() {
        Turn turn = new Turn(
                "t4111111111111111",
                Speaker.CALLER,
                "my card is 4111 1111 1111 1111",
                "pay",
                0.7,
                -0.1,
                "en",
                Map.of("card", "4111111111111111"),
                1,
                2,
                true);
        assertEquals(
                new Turn(
                        "t4111111111111111",
                        Speaker.CALLER,
                        "my card is [card]",
                        "pay",
                        0.7,
                        -0.1,
                        "en",
                        Map.of("card", "[card]"),
                        1,
                        2,
                        true),
                PLAIN.turn(turn, ""));
    }

    @Test
    void whatAPatternMatchesBecomesItsName() {
        Redactor redactor = with(Map.of("iban", "[A-Z]{2}\\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?"));
        assertEquals("to [iban] now", redactor.text("to DE89 3704 0044 0532 0130 00 now"));
        assertEquals(Map.of("a", List.of("[iban]")), redactor.tree(Map.of("a", List.of("GB29NWBK60161331926819")), ""));
    }

    @Test
    void aPatternThatWouldTakeForEverElsewhereTakesNoLongerHere() {
        Redactor redactor = with(Map.of("evil", "(a+)+b", "worse", "(x?){30}x{30}!"));
        String text = "a".repeat(16_384) + "c" + "x".repeat(16_384);
        assertEquals(text, redactor.text(text));
    }

    @Test
    void refusesAPatternThatCannotBeTakenByName() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "open", "(a",
                        "back", "(a)\\1",
                        "look", "(?=a)b",
                        "nothing", "a*",
                        "itself", "\\[",
                        "bad name", "a",
                        "long", "a".repeat(Redactor.PATTERN_CHARS_MAX + 1))
                .entrySet()) {
            Read.Wrong read = assertInstanceOf(
                    Read.Wrong.class,
                    Redactor.of(true, true, Map.of(wrong.getKey(), wrong.getValue())),
                    wrong.getKey());
            assertEquals(wrong.getKey(), read.name());
        }
        with(Map.of("long", "a".repeat(Redactor.PATTERN_CHARS_MAX)));
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < Redactor.PATTERNS_MAX; i++) {
            many.put("p" + i, "secret" + i);
        }
        with(many);
        many.put("one-more", "x1");
        assertInstanceOf(Read.Wrong.class, Redactor.of(true, true, many));
    }

    @Test
    void takesOutNothingWhereItIsSwitchedOff() {
        Redactor off = assertInstanceOf(Read.Ok.class, Redactor.of(false, false, Map.of()))
                .redactor();
        assertEquals("4111111111111111 and 4711", off.text("4111111111111111 and 4711", "4711"));
        assertEquals(Map.of("dtmf", "4711"), off.tree(Map.of("dtmf", "4711"), ""));
    }

    @Test
    void leavesTextWithoutSecretsUntouched() {
        List<String> same = new ArrayList<>(List.of("hello", "<script>alert(1)</script>", "a\r\nb"));
        same.forEach(text -> assertEquals(text, PLAIN.text(text, "123456")));
    }
}
