package io.segue.net;

import io.segue.sip.transaction.Transport;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What the listeners count. Safe from any thread; numbers only grow. */
public final class SipCounters {
    /** Which way a message went. */
    public enum Direction {
        RECEIVED,
        SENT
    }

    /** Methods with a number of their own. */
    public enum Method {
        INVITE,
        ACK,
        BYE,
        CANCEL,
        OPTIONS,
        REGISTER,
        UPDATE,
        INFO,
        PRACK,
        REFER,
        SUBSCRIBE,
        NOTIFY,
        MESSAGE,
        /** Any other. */
        OTHER;

        static Method of(String name) {
            return switch (name) {
                case "INVITE" -> INVITE;
                case "ACK" -> ACK;
                case "BYE" -> BYE;
                case "CANCEL" -> CANCEL;
                case "OPTIONS" -> OPTIONS;
                case "REGISTER" -> REGISTER;
                case "UPDATE" -> UPDATE;
                case "INFO" -> INFO;
                case "PRACK" -> PRACK;
                case "REFER" -> REFER;
                case "SUBSCRIBE" -> SUBSCRIBE;
                case "NOTIFY" -> NOTIFY;
                case "MESSAGE" -> MESSAGE;
                default -> OTHER;
            };
        }
    }

    /** Gives each number with what it counts. */
    @FunctionalInterface
    public interface Visitor {
        /** @param kind {@code request}, or {@code 1xx} to {@code 6xx} */
        void messages(Direction direction, Transport transport, Method method, String kind, LongAdder count);
    }

    private static final int KINDS = 7;
    private static final int TRANSPORTS = Transport.values().length;
    private static final int METHODS = Method.values().length;

    private final LongAdder[] messages = adders(Direction.values().length * TRANSPORTS * METHODS * KINDS);
    private final LongAdder[] drops = adders(Drop.values().length);
    private final LongAdder repeatsSent = new LongAdder();
    private final LongAdder malformed = new LongAdder();

    void received(Transport transport, String method, int status) {
        count(Direction.RECEIVED, transport, Method.of(method), status);
    }

    void sent(Transport transport, String method, int status, boolean again) {
        count(Direction.SENT, transport, Method.of(method), status);
        if (again) {
            repeatsSent.increment();
        }
    }

    void malformedRequest() {
        malformed.increment();
    }

    void drop(Drop why) {
        drops[why.ordinal()].increment();
    }

    private void count(Direction direction, Transport transport, Method method, int status) {
        messages[index(direction, transport, method, Math.min(status / 100, KINDS - 1))].increment();
    }

    /** Messages that we sent again because nothing answered, or because the peer asked again. */
    public long repeatsSent() {
        return repeatsSent.sum();
    }

    /** Requests that were malformed and could be answered. */
    public long malformed() {
        return malformed.sum();
    }

    /** Messages and connections that went nowhere. */
    public long dropped(Drop why) {
        return drops[why.ordinal()].sum();
    }

    /** @param statusClass 1 to 6, or 0 for requests */
    public long messages(Direction direction, Transport transport, Method method, int statusClass) {
        return messages[index(direction, transport, method, statusClass)].sum();
    }

    /** Visits every number, also those that are zero. */
    public void visit(Visitor visitor) {
        for (Direction direction : Direction.values()) {
            for (Transport transport : Transport.values()) {
                for (Method method : Method.values()) {
                    for (int kind = 0; kind < KINDS; kind++) {
                        String name = kind == 0 ? "request" : String.format(Locale.ROOT, "%dxx", kind);
                        visitor.messages(
                                direction,
                                transport,
                                method,
                                name,
                                messages[index(direction, transport, method, kind)]);
                    }
                }
            }
        }
    }

    private static int index(Direction direction, Transport transport, Method method, int kind) {
        return ((direction.ordinal() * TRANSPORTS + transport.ordinal()) * METHODS + method.ordinal()) * KINDS + kind;
    }

    private static LongAdder[] adders(int length) {
        LongAdder[] adders = new LongAdder[length];
        Arrays.setAll(adders, i -> new LongAdder());
        return adders;
    }
}
