package io.segue.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers that every message is judged by, read once. Each holds what it says or why it does not. */
final class Views {

    private static final int NUMBER_MAX = 255;

    final @Nullable String callId;
    private final Reading<NameAddress> from;
    private final Reading<NameAddress> to;
    private final Reading<CSeq> cseq;
    private final Reading<List<Via>> vias;
    private final Reading<List<NameAddress>> contacts;
    private final Reading<List<NameAddress>> routes;
    private final Reading<List<NameAddress>> recordRoutes;
    private final Reading<Integer> maxForwards;
    private final Reading<MediaType> contentType;
    final boolean contactStar;

    Views(Headers headers) {
        callId = headers.first("Call-ID");
        from = one(headers, "From", text -> NameAddressReader.read(text, Integer.MAX_VALUE));
        to = one(headers, "To", text -> NameAddressReader.read(text, Integer.MAX_VALUE));
        cseq = one(headers, "CSeq", CSeq::read);
        vias = many(headers, "Via", ViaReader::read);
        contactStar = "*".equals(headers.first("Contact"));
        contacts = contactStar
                ? new Reading<>(List.of(), null)
                : many(headers, "Contact", text -> NameAddressReader.read(text, Integer.MAX_VALUE));
        routes = many(headers, "Route", text -> bracketed(text));
        recordRoutes = many(headers, "Record-Route", text -> bracketed(text));
        maxForwards = one(headers, "Max-Forwards", Views::hops);
        contentType = one(headers, "Content-Type", MediaType::read);
    }

    @Nullable
    NameAddress from() throws Malformed {
        return from.value();
    }

    @Nullable
    NameAddress to() throws Malformed {
        return to.value();
    }

    @Nullable
    CSeq cseq() throws Malformed {
        return cseq.value();
    }

    List<Via> vias() throws Malformed {
        return vias.present();
    }

    List<NameAddress> contacts() throws Malformed {
        return contacts.present();
    }

    List<NameAddress> routes() throws Malformed {
        return routes.present();
    }

    List<NameAddress> recordRoutes() throws Malformed {
        return recordRoutes.present();
    }

    @Nullable
    Integer maxForwards() throws Malformed {
        return maxForwards.value();
    }

    @Nullable
    MediaType contentType() throws Malformed {
        return contentType.value();
    }

    /** Route and Record-Route take no bare address (20.34, 20.30). */
    private static NameAddress bracketed(String text) throws Malformed {
        if (text.indexOf('<') < 0) {
            throw new Malformed("a route needs angle brackets");
        }
        return NameAddressReader.read(text, Integer.MAX_VALUE);
    }

    private static Integer hops(String text) throws Malformed {
        Cursor in = new Cursor(text);
        long hops = in.number("Max-Forwards", NUMBER_MAX);
        in.end("Max-Forwards");
        return (int) hops;
    }

    private static <T> Reading<T> one(Headers headers, String name, Reader<T> reader) {
        String text = headers.first(name);
        if (text == null) {
            return new Reading<>(null, null);
        }
        try {
            return new Reading<>(reader.read(text), null);
        } catch (Malformed e) {
            return new Reading<>(null, e);
        }
    }

    private static <T> Reading<List<T>> many(Headers headers, String name, Reader<T> reader) {
        List<String> texts = headers.all(name);
        if (texts.isEmpty()) {
            return new Reading<>(List.of(), null);
        }
        List<T> values = new ArrayList<>(texts.size());
        try {
            for (String text : texts) {
                values.add(reader.read(text));
            }
        } catch (Malformed e) {
            return new Reading<>(null, e);
        }
        return new Reading<>(List.copyOf(values), null);
    }

    private interface Reader<T> {
        T read(String text) throws Malformed;
    }

    private record Reading<T>(@Nullable T known, @Nullable Malformed wrong) {

        @Nullable
        T value() throws Malformed {
            if (wrong != null) {
                throw wrong;
            }
            return known;
        }

        T present() throws Malformed {
            T value = value();
            if (value == null) {
                throw new Malformed("missing");
            }
            return value;
        }
    }
}
