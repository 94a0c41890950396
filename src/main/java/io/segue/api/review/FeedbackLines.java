package io.segue.api.review;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.segue.flow.review.Feedback.LabelledCall;
import io.segue.flow.review.Feedback.Said;
import io.segue.review.Label;
import io.segue.review.Mark;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Labelled turns of agents as lines to train with, in the conversational shapes of OpenAI's chat fine-tuning and of Hugging Face TRL. Each turn's JSON is
 * made once and copied wherever it belongs, since a turn stands in the context of all that follow.
 */
final class FeedbackLines {
    /** A caller speaks as {@code user}; the agent, and a human in its place, as {@code assistant}. */
    enum Format {
        /** {@code {"messages":[…]}}: approved turns, and edited ones with their better text; the assistant's earlier messages have a weight of 0. */
        SFT,
        /** {@code {"prompt":[…],"chosen":[…],"rejected":[…]}}: of edited turns. */
        PREFERENCE,
        /** {@code {"prompt":[…],"completion":[…],"label":true|false}}: an edited turn makes two lines. */
        UNPAIRED,
        /** A line for each intent: its reliability curve. */
        CALIBRATION
    }

    private static final byte[] USER = bytes("{\"role\":\"user\",\"content\":\"");
    private static final byte[] ASSISTANT = bytes("{\"role\":\"assistant\",\"content\":\"");
    private static final byte[] END = bytes("\"}");
    private static final byte[] WEIGHTLESS_END = bytes("\",\"weight\":0}");
    private static final byte[] PROMPT = bytes("{\"prompt\":[");
    private static final byte[] MESSAGES = bytes("{\"messages\":[");

    private final Format format;
    private final @Nullable Mark only;
    private final UnaryOperator<String> redaction;
    private final int contextTurnsMax;
    private final boolean metadata;
    private final JsonStringEncoder encoder = JsonStringEncoder.getInstance();

    /**
     * @param only turns with this label alone; none: with any
     * @param redaction of every text
     * @param metadata whether a line says which turn it is of, and who labelled it why
     */
    FeedbackLines(
            Format format,
            @Nullable Mark only,
            UnaryOperator<String> redaction,
            int contextTurnsMax,
            boolean metadata) {
        this.format = format;
        this.only = only;
        this.redaction = redaction;
        this.contextTurnsMax = contextTurnsMax;
        this.metadata = metadata;
    }

    /** The lines of these calls; between them, not after the last, a line feed. */
    byte[] of(List<LabelledCall> calls) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        for (LabelledCall call : calls) {
            new Lines(call, out).write();
        }
        return out.toByteArray();
    }

    /** The lines of one call. */
    private final class Lines {
        private final LabelledCall call;
        private final ByteArrayOutputStream out;
        private final byte[] @Nullable [] messages;

        Lines(LabelledCall call, ByteArrayOutputStream out) {
            this.call = call;
            this.out = out;
            this.messages = new byte[call.turns().size()][];
        }

        void write() {
            for (int i = 0; i < call.turns().size(); i++) {
                Said turn = call.turns().get(i);
                if (turn.label() instanceof Label label
                        && turn.speaker().equals("agent")
                        && (only == null || label.mark() == only)) {
                    write(i, turn, label);
                }
            }
        }

        private void write(int at, Said turn, Label label) {
            switch (format) {
                case SFT -> {
                    if (label.mark() != Mark.REJECTED) {
                        begin(MESSAGES);
                        context(at);
                        comma(at);
                        out.writeBytes(assistant(label.text() == null ? turn.text() : label.text()));
                        out.write(']');
                        end(turn, label);
                    }
                }
                case PREFERENCE -> {
                    if (label.text() instanceof String better) {
                        begin(PROMPT);
                        context(at);
                        put("],\"chosen\":[");
                        out.writeBytes(assistant(better));
                        put("],\"rejected\":[");
                        out.writeBytes(assistant(turn.text()));
                        out.write(']');
                        end(turn, label);
                    }
                }
                case UNPAIRED -> {
                    unpaired(at, turn, label, turn.text(), label.mark().right());
                    if (label.text() instanceof String better) {
                        unpaired(at, turn, label, better, true);
                    }
                }
                case CALIBRATION -> throw new IllegalStateException("calibration has no lines of turns");
            }
        }

        private void unpaired(int at, Said turn, Label label, String completion, boolean good) {
            begin(PROMPT);
            context(at);
            put("],\"completion\":[");
            out.writeBytes(assistant(completion));
            put(good ? "],\"label\":true" : "],\"label\":false");
            end(turn, label);
        }

        private void begin(byte[] with) {
            if (out.size() > 0) {
                out.write('\n');
            }
            out.writeBytes(with);
        }

        private void context(int at) {
            int from = Math.max(0, at - contextTurnsMax);
            for (int i = from; i < at; i++) {
                if (i > from) {
                    out.write(',');
                }
                out.writeBytes(message(i));
            }
        }

        private void comma(int at) {
            if (at > 0 && contextTurnsMax > 0) {
                out.write(',');
            }
        }

        private byte[] message(int i) {
            byte[] known = messages[i];
            if (known == null) {
                Said turn = call.turns().get(i);
                known = turn.speaker().equals("caller")
                        ? message(USER, turn.text(), END)
                        : message(ASSISTANT, turn.text(), format == Format.SFT ? WEIGHTLESS_END : END);
                messages[i] = known;
            }
            return known;
        }

        private byte[] assistant(String text) {
            return message(ASSISTANT, text, END);
        }

        private byte[] message(byte[] head, String text, byte[] tail) {
            byte[] content = encoder.quoteAsUTF8(redaction.apply(text));
            byte[] message = new byte[head.length + content.length + tail.length];
            System.arraycopy(head, 0, message, 0, head.length);
            System.arraycopy(content, 0, message, head.length, content.length);
            System.arraycopy(tail, 0, message, head.length + content.length, tail.length);
            return message;
        }

        private void end(Said turn, Label label) {
            if (metadata) {
                put(",\"metadata\":{\"call\":");
                text(call.id());
                field("turn", turn.id());
                field("agent", call.agent());
                field("intent", turn.intent());
                if (turn.confidence() instanceof Double confidence) {
                    put(",\"confidence\":" + confidence);
                }
                field("label", label.mark().name().toLowerCase(Locale.ROOT));
                field("reason", label.reason() == null ? null : redaction.apply(label.reason()));
                field("severity", label.severity() == null ? null : lower(label.severity()));
                field("reviewer", label.reviewer());
                field("role", label.role());
                field("slice", label.slice() == null ? null : lower(label.slice()));
                out.write('}');
            }
            out.write('}');
        }

        private void field(String name, @Nullable String value) {
            if (value != null) {
                put(",\"" + name + "\":");
                text(value);
            }
        }

        private void text(String value) {
            out.write('"');
            out.writeBytes(encoder.quoteAsUTF8(value));
            out.write('"');
        }

        private void put(String ascii) {
            out.writeBytes(bytes(ascii));
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
