package io.segue.sip.dialog;

import io.segue.sip.message.MediaType;
import io.segue.sip.message.SipRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * What an INFO says (RFC 6086). Digits come as {@code application/dtmf-relay} ({@code Signal=5}, {@code Duration=160}) or {@code
 * application/dtmf} ({@code 5}), as phones and gateways have sent them since before there was a standard.
 */
final class Infos {
    private static final String DIGITS = "0123456789*#ABCD";

    private Infos() {}

    /** Empty: nothing to tell, such as an INFO that only keeps alive. */
    static Optional<News> read(SipRequest info) {
        MediaType type = info.contentType();
        String body = Bodies.text(info);
        if (type == null || body.isEmpty()) {
            return Optional.empty();
        }
        return switch (type.name()) {
            case "application/dtmf" -> digit(body);
            case "application/dtmf-relay" -> digit(signal(body));
            default -> Optional.of(new News.Info(type.name(), body));
        };
    }

    private static String signal(String body) {
        for (String line : body.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.substring(0, equals).strip().equalsIgnoreCase("signal")) {
                return line.substring(equals + 1);
            }
        }
        return "";
    }

    /** Events 10 to 15 may come by their numbers of RFC 4733; a flash is no digit. */
    private static Optional<News> digit(String text) {
        String signal = text.strip().toUpperCase(Locale.ROOT);
        int number = signal.matches("1[0-5]") ? Integer.parseInt(signal) : -1;
        if (number >= 0) {
            return Optional.of(new News.Digit(DIGITS.charAt(number)));
        }
        return signal.length() == 1 && DIGITS.contains(signal)
                ? Optional.of(new News.Digit(signal.charAt(0)))
                : Optional.empty();
    }
}
