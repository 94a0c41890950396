package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 4475 and RFC 5118, each message met as the committed table says. */
class TortureTest {

    static Stream<TortureTable.Row> rows() {
        return TortureTable.rows().stream();
    }

    @Test
    void theTableHasAllMessagesOfBothRfcs() {
        assertEquals(49, rows().filter(row -> row.section().startsWith("4475")).count());
        assertEquals(12, rows().filter(row -> row.section().startsWith("5118")).count());
        assertEquals(61, rows().map(TortureTable.Row::name).distinct().count());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void meetsEachMessageAsTheTableSays(TortureTable.Row row) {
        assumeTrue(
                TortureTable.messagesArePresent(),
                "the torture messages are not in " + TortureTable.directory() + " (-Dsegue.torture=DIR)");
        Parsed parsed = SipParser.parse(row.message(), Limits.defaults());
        switch (row.parser()) {
            case "accepted" ->
                accepted(
                        row,
                        assertInstanceOf(Parsed.Message.class, parsed, parsed::toString)
                                .message());
            case "answered" -> answered(row, assertInstanceOf(Parsed.Answerable.class, parsed, parsed::toString));
            case "dropped" -> assertInstanceOf(Parsed.Discarded.class, parsed, parsed::toString);
            default -> throw new IllegalArgumentException(row.parser());
        }
    }

    private static void accepted(TortureTable.Row row, SipMessage message) {
        row.fields().forEach((path, value) -> assertEquals(value, MessageFields.of(message, path), path));
        assertEquals(
                message,
                assertInstanceOf(Parsed.Message.class, SipParser.parse(SipWriter.write(message), Limits.defaults()))
                        .message());
        if (message instanceof SipRequest request) {
            Optional<SipResponse> refusal = RequestCheck.check(request, Supported.defaults());
            assertEquals(
                    row.status(),
                    refusal.map(response -> String.valueOf(response.status())).orElse("-"));
            refusal.ifPresent(response -> hasHeaders(row, response));
        }
    }

    private static void hasHeaders(TortureTable.Row row, SipResponse response) {
        if (!row.headers().equals("-")) {
            String[] wanted = row.headers().split("=", 2);
            String value = response.header(wanted[0]);
            assertTrue(value != null && (wanted.length == 1 || value.equals(wanted[1])), row.headers());
        }
    }

    private static void answered(TortureTable.Row row, Parsed.Answerable answerable) {
        assertEquals(row.status(), String.valueOf(answerable.status()), answerable.reason());
        SipResponse response =
                Responses.to(answerable.asFarAsUnderstood(), answerable.status(), answerable.reason(), "tag");
        assertEquals(row.status(), String.valueOf(response.status()));
        response.topVia();
        assertTrue(SipWriter.write(response).length > 0);
    }
}
