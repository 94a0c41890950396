package io.segue.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the members of a JSON object and keeps the first complaint. A member that is null counts as absent. */
final class Fields {
    private final String path;
    private final Map<?, ?> members;
    private final Limits limits;
    private @Nullable String complaint;

    private Fields(String path, Map<?, ?> members, Limits limits) {
        this.path = path;
        this.members = members;
        this.limits = limits;
    }

    /** The object at {@code key}; where there is none, that is the complaint. */
    static Fields of(Map<?, ?> parent, String key, Limits limits) {
        if (parent.get(key) instanceof Map<?, ?> members) {
            return new Fields(key, members, limits);
        }
        Fields none = new Fields(key, Map.of(), limits);
        none.complaint = key + " must be an object, not " + shown(parent.get(key));
        return none;
    }

    static Fields of(Map<?, ?> frame, Limits limits) {
        return new Fields("", frame, limits);
    }

    @Nullable
    String complaint() {
        return complaint;
    }

    @Nullable
    String optionalText(String key, int charsMax) {
        Object value = members.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            complain(key, "must be a string", value);
            return null;
        }
        if (text.length() > charsMax) {
            complain(key, "must have at most " + charsMax + " characters", text.length() + " characters");
            return null;
        }
        return text;
    }

    @Nullable
    String optionalName(String key) {
        return optionalText(key, limits.nameCharsMax());
    }

    @Nullable
    String optionalLongText(String key) {
        return optionalText(key, limits.textCharsMax());
    }

    /** A string that has to be there, of at least one character. */
    String text(String key, int charsMax) {
        String text = optionalText(key, charsMax);
        if (text == null || text.isEmpty()) {
            complain(key, "must be a string of 1 to " + charsMax + " characters", members.get(key));
            return "";
        }
        return text;
    }

    String name(String key) {
        return text(key, limits.nameCharsMax());
    }

    @Nullable
    Double number(String key, double from, double to) {
        Object value = members.get(key);
        if (value == null) {
            return null;
        }
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(number >= from && number <= to)) {
            complain(key, "must be a number " + range(from, to), value);
            return null;
        }
        return number;
    }

    @Nullable
    Long whole(String key, long from, long to) {
        Object value = members.get(key);
        if (value == null) {
            return null;
        }
        // A bot's JSON library may write a whole number as 41200.0.
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(number >= from && number <= to) || number != Math.rint(number)) {
            complain(key, "must be a whole number " + range(from, to), value);
            return null;
        }
        return (long) number;
    }

    boolean flag(String key) {
        Object value = members.get(key);
        if (value == null) {
            return false;
        }
        if (!(value instanceof Boolean flag)) {
            complain(key, "must be true or false", value);
            return false;
        }
        return flag;
    }

    Map<String, Object> object(String key) {
        Object value = members.get(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map) || map.size() > limits.entriesMax()) {
            complain(key, "must be an object of at most " + limits.entriesMax() + " members", value);
            return Map.of();
        }
        return withStringKeys(map);
    }

    List<String> names(String key) {
        Object value = members.get(key);
        if (value == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        if (value instanceof List<?> list && list.size() <= limits.entriesMax()) {
            for (Object element : list) {
                if (element instanceof String name && name.length() <= limits.nameCharsMax()) {
                    names.add(name);
                }
            }
            if (names.size() == list.size()) {
                return List.copyOf(names);
            }
        }
        complain(key, "must be a list of at most " + limits.entriesMax() + " names", value);
        return List.of();
    }

    /** Records a complaint that more than one member is part of. */
    void require(boolean holds, String message) {
        if (!holds && complaint == null) {
            complaint = message;
        }
    }

    private void complain(String key, String rule, @Nullable Object value) {
        if (complaint == null) {
            complaint = (path.isEmpty() ? key : path + "." + key) + " " + rule + ", not " + shown(value);
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have no other keys
    static Map<String, Object> withStringKeys(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private static String range(double from, double to) {
        if (to == Double.MAX_VALUE || to == Long.MAX_VALUE) {
            return "of at least " + plain(from);
        }
        return "from " + plain(from) + " to " + plain(to);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case Map<?, ?> map -> "an object of " + map.size();
            case List<?> list -> "a list of " + list.size();
            default -> {
                String text = value.toString();
                yield text.length() <= 40 ? text : text.substring(0, 40) + "…";
            }
        };
    }
}
