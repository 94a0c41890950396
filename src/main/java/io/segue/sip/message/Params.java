package io.segue.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URI or of a header value, in their order (RFC 3261 19.1.1, 25.1 {@code generic-param}). Names are compared
 * without case; values are what is meant: unescaped, without quotation marks.
 */
public record Params(List<Param> list) {

    /** No parameters. */
    public static final Params NONE = new Params(List.of());

    /**
     * One parameter.
     *
     * @param value what it says, null for a name alone
     * @param quoted whether it stood in quotation marks
     */
    public record Param(String name, @Nullable String value, boolean quoted) {

        public Param {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a parameter without a name");
            }
            if (value != null) {
                value = Header.oneLine(value);
            }
        }
    }

    public Params {
        list = List.copyOf(list);
    }

    /** Parameters from name and value in turn. */
    public static Params of(String... namesAndValues) {
        Params params = NONE;
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            params = params.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return params;
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    /** The value of the first parameter of that name; null when there is none, or a name alone. */
    public @Nullable String get(String name) {
        Param found = find(name);
        return found == null ? null : found.value;
    }

    /** These with one of them set; a null value leaves the name alone. It keeps its place, a new one goes last. */
    public Params with(String name, @Nullable String value) {
        List<Param> changed = new ArrayList<>(list.size() + 1);
        boolean placed = false;
        for (Param param : list) {
            if (!param.name.equalsIgnoreCase(name)) {
                changed.add(param);
            } else if (!placed) {
                changed.add(new Param(param.name, value, param.quoted));
                placed = true;
            }
        }
        if (!placed) {
            changed.add(new Param(name, value, false));
        }
        return new Params(changed);
    }

    public Params without(String name) {
        return has(name)
                ? new Params(list.stream()
                        .filter(param -> !param.name.equalsIgnoreCase(name))
                        .toList())
                : this;
    }

    private @Nullable Param find(String name) {
        for (Param param : list) {
            if (param.name.equalsIgnoreCase(name)) {
                return param;
            }
        }
        return null;
    }

    /** As they follow a header value: {@code ;name=value;flag}, quoted where a token or host would not do. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Param param : list) {
            out.append(';').append(param.name);
            String value = param.value;
            if (value != null) {
                out.append('=');
                if (param.quoted || !HeaderParams.plain(value)) {
                    Quoting.quote(value, out);
                } else {
                    out.append(value);
                }
            }
        }
        return out.toString();
    }

    /** As they follow a URI, escaped. */
    String uriForm() {
        StringBuilder out = new StringBuilder();
        for (Param param : list) {
            out.append(';');
            Escapes.escape(param.name, Chars::param, out);
            String value = param.value;
            if (value != null) {
                out.append('=');
                Escapes.escape(value, Chars::param, out);
            }
        }
        return out.toString();
    }

    String lower(String name) {
        String value = get(name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }
}
