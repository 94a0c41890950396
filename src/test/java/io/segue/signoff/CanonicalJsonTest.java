package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void writesTheNumbersOfRfc8785AppendixB() {
        assertEquals("0", number(0x0000000000000000L));
        assertEquals("0", number(0x8000000000000000L));
        assertEquals("5e-324", number(0x0000000000000001L));
        assertEquals("-5e-324", number(0x8000000000000001L));
        assertEquals("1.7976931348623157e+308", number(0x7fefffffffffffffL));
        assertEquals("9007199254740992", number(0x4340000000000000L));
        assertEquals("295147905179352830000", number(0x4430000000000000L));
        assertEquals("9.999999999999997e+22", number(0x44b52d02c7e14af5L));
        assertEquals("1e+23", number(0x44b52d02c7e14af6L));
        assertEquals("999999999999999700000", number(0x444b1ae4d6e2ef4eL));
        assertEquals("1e+21", number(0x444b1ae4d6e2ef50L));
        assertEquals("9.999999999999997e-7", number(0x3eb0c6f7a0b5ed8cL));
        assertEquals("0.000001", number(0x3eb0c6f7a0b5ed8dL));
        assertEquals("333333333.3333332", number(0x41b3de4355555553L));
        assertEquals("-0.0000033333333333333333", number(0xbecbf647612f3696L));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Double.POSITIVE_INFINITY));
    }

    @Test
    void writesTheExampleOfRfc8785() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("numbers", List.of(333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001));
        object.put("string", "\u20ac$\u000F\nA'B\"\\\\\"/");
        List<Object> literals = new ArrayList<>();
        literals.add(null);
        literals.add(true);
        literals.add(false);
        object.put("literals", literals);
        assertEquals(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                CanonicalJson.write(object));
    }

    @Test
    void sortsMembersByTheirCodeUnits() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name : List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")) {
            object.put(name, 1);
        }
        assertEquals(
                "{\"\\r\":1,\"1\":1,\"\u0080\":1,\"\u00f6\":1,\"\u20ac\":1,\"\ud83d\ude00\":1,\"\ufb33\":1}",
                CanonicalJson.write(object));
    }

    @Test
    void hashesTheSameWhateverTheOrderAndTheSpelling() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("to", "x");
        one.put("amount", 420);
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("amount", 420.0);
        other.put("to", "x");
        assertEquals(CanonicalJson.sha256(one), CanonicalJson.sha256(other));
        assertEquals(64, CanonicalJson.sha256(Map.of()).length());
    }

    @Test
    void neverTakesTwoLongNumbersForOne() {
        assertNotEquals(
                CanonicalJson.sha256(Map.of("account", 9007199254740993L)),
                CanonicalJson.sha256(Map.of("account", 9007199254740992L)));
    }

    private static String number(long bits) {
        return CanonicalJson.write(Double.longBitsToDouble(bits));
    }
}
