package io.segue.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 99",
        "bytes=0-100, 0, 99",
        "bytes=99-, 99, 99",
        "bytes=10-10, 10, 10",
        "bytes=-1, 99, 99",
        "bytes=-500, 0, 99",
        "Bytes=5-, 5, 99"
    })
    void givesThePartThatIsThere(String header, long first, long last) {
        assertEquals(new ByteRange.Part(first, last), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void whatIsBeyondTheEndIsUnsatisfiable(String header) {
        assertEquals(new ByteRange.Unsatisfiable(), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=5-4",
                "bytes=0-1,3-4",
                "lines=0-1",
                "bytes=a-b",
                "bytes=99999999999999999999-"
            })
    void whatIsNoRangeOfOursIsIgnored(String header) {
        assertEquals(new ByteRange.Whole(), ByteRange.of(header, 100));
    }

    @Test
    void noHeaderIsAllOfIt() {
        assertEquals(new ByteRange.Whole(), ByteRange.of(null, 100));
    }
}
