package io.segue.sip.message;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message in their order (RFC 3261 7.3), immutable. Names are found without case and by their compact forms; values
 * are unfolded and otherwise as they came. Two are equal when names (without case) and values are, in order.
 */
public final class Headers implements Iterable<Header> {

    /** No headers. */
    public static final Headers NONE = new Headers(List.of());

    private final List<Header> list;

    /** Parsed once and kept; a race only parses twice. */
    private @Nullable Views views;

    private Headers(List<Header> list) {
        this.list = list;
    }

    /** Headers from name and value in turn. */
    public static Headers of(String... namesAndValues) {
        Builder builder = builder();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with these. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.list.addAll(list);
        return builder;
    }

    public int size() {
        return list.size();
    }

    /** All of them, in order. */
    public List<Header> list() {
        return list;
    }

    @Override
    public Iterator<Header> iterator() {
        return list.iterator();
    }

    /** The value of the first header of that name as it stands (a list is not split), or null. */
    public @Nullable String first(String name) {
        String usual = HeaderNames.usual(name);
        for (Header header : list) {
            if (header.is(usual)) {
                return header.value();
            }
        }
        return null;
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    /** How many header fields have that name; a list in one line counts as one. */
    public int count(String name) {
        String usual = HeaderNames.usual(name);
        int count = 0;
        for (Header header : list) {
            if (header.is(usual)) {
                count++;
            }
        }
        return count;
    }

    /** Every value of that name in order; comma lists are split where the header's grammar has them (RFC 3261 7.3.1). */
    public List<String> all(String name) {
        String usual = HeaderNames.usual(name);
        boolean split = HeaderNames.holdsList(usual);
        List<String> values = new ArrayList<>(4);
        for (Header header : list) {
            if (header.is(usual)) {
                if (split) {
                    CommaList.split(header.value(), values);
                } else {
                    values.add(header.value());
                }
            }
        }
        return values;
    }

    /** These with one header of that name: it takes the place of the first one, the others go; a new one goes last. */
    public Headers with(String name, String value) {
        String usual = HeaderNames.usual(name);
        List<Header> changed = new ArrayList<>(list.size() + 1);
        boolean placed = false;
        for (Header header : list) {
            if (!header.is(usual)) {
                changed.add(header);
            } else if (!placed) {
                changed.add(new Header(usual, value));
                placed = true;
            }
        }
        if (!placed) {
            changed.add(new Header(usual, value));
        }
        return new Headers(List.copyOf(changed));
    }

    /** These with one more at the end. */
    public Headers add(String name, String value) {
        return toBuilder().add(name, value).build();
    }

    /** These with one more at the start, as a Via goes on. */
    public Headers prepend(String name, String value) {
        List<Header> changed = new ArrayList<>(list.size() + 1);
        changed.add(new Header(name, value));
        changed.addAll(list);
        return new Headers(List.copyOf(changed));
    }

    public Headers without(String name) {
        String usual = HeaderNames.usual(name);
        return has(usual)
                ? new Headers(list.stream().filter(header -> !header.is(usual)).toList())
                : this;
    }

    /** These with the first Via replaced, also where several stand in one line (RFC 3261 18.2.1: {@code received}). */
    public Headers withTopVia(Via via) {
        List<String> vias = all("Via");
        List<Header> changed = new ArrayList<>(list.size() + 1);
        boolean placed = false;
        for (Header header : list) {
            if (!header.is("Via") || placed) {
                changed.add(header);
                continue;
            }
            placed = true;
            changed.add(new Header("Via", via.toString()));
            List<String> line = new ArrayList<>(2);
            CommaList.split(header.value(), line);
            for (int i = 1; i < line.size(); i++) {
                changed.add(new Header("Via", line.get(i)));
            }
        }
        if (vias.isEmpty()) {
            changed.addFirst(new Header("Via", via.toString()));
        }
        return new Headers(List.copyOf(changed));
    }

    Views views() {
        Views known = views;
        if (known == null) {
            known = new Views(this);
            views = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Headers that) || that.list.size() != list.size()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            Header one = list.get(i);
            Header two = that.list.get(i);
            if (!one.is(two.name()) || !one.value().equals(two.value())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Header header : list) {
            hash = 31 * hash + Objects.hash(header.value());
        }
        return hash;
    }

    @Override
    public String toString() {
        return list.toString();
    }

    /** Collects headers in order. */
    public static final class Builder {

        private final List<Header> list = new ArrayList<>(16);

        private Builder() {}

        public Builder add(String name, String value) {
            list.add(new Header(name, value));
            return this;
        }

        public Builder add(Header header) {
            list.add(header);
            return this;
        }

        public Builder addAll(Iterable<Header> headers) {
            headers.forEach(list::add);
            return this;
        }

        /** Adds a header for each value, or none. */
        public Builder addEach(String name, Iterable<String> values) {
            values.forEach(value -> add(name, value));
            return this;
        }

        public Headers build() {
            return new Headers(List.copyOf(list));
        }
    }
}
