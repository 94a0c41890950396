package io.segue.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one object and collects what is wrong with them, so that a writer is told everything at once. After an error a
 * reading method gives its default, and the value made of it is thrown away by {@link #result}. A null counts as left out.
 */
public final class Fields {
    private static final int SHOWN_CHARS_MAX = 40;
    private static final int ERRORS_MAX = 50;

    private final String path;
    private final Map<?, ?> tree;
    private final List<FieldError> errors;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(String path, Map<?, ?> tree, List<FieldError> errors) {
        this.path = path;
        this.tree = tree;
        this.errors = errors;
    }

    public static Fields of(Map<String, ?> tree) {
        return new Fields("", tree, new ArrayList<>());
    }

    /** The value, if nothing was wrong in this object or in those within it. */
    public <T> Read<T> result(Supplier<T> value) {
        return errors.isEmpty() ? new Read.Ok<>(value.get()) : new Read.Invalid<>(List.copyOf(errors));
    }

    /** Whether nothing was wrong so far, in the whole document. */
    boolean faultless() {
        return errors.isEmpty();
    }

    /** Reports the fields that nobody has asked for. */
    public void nothingElse() {
        for (Object key : tree.keySet()) {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                String nearest = Nearest.to(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElseGet(() -> known.isEmpty() ? "" : "; known are " + String.join(", ", known));
                error(cut(name), "is not known" + nearest);
            }
        }
    }

    public void error(String name, String message) {
        if (errors.size() < ERRORS_MAX) {
            errors.add(new FieldError(path + name, message));
        }
    }

    /** Whether the field is there, be its value what it may. */
    public boolean has(String name) {
        return raw(name) != null;
    }

    /** Whether the field is there and says null. */
    public boolean isNull(String name) {
        known.add(name);
        return tree.containsKey(name) && tree.get(name) == null;
    }

    /** Whether the field is a list without anything in it. */
    public boolean isEmptyList(String name) {
        return raw(name) instanceof List<?> list && list.isEmpty();
    }

    /** One line of text, not blank; none when it is left out. */
    public Optional<String> text(String name, int charsMax) {
        return lines(name, charsMax).filter(text -> {
            boolean oneLine = text.chars().noneMatch(Character::isISOControl);
            if (!oneLine) {
                error(name, "has to be without control characters");
            }
            return oneLine;
        });
    }

    /** Text of any number of lines, not blank; none when it is left out. */
    public Optional<String> lines(String name, int charsMax) {
        return raw(name) instanceof Object value ? line(name, value, charsMax) : Optional.empty();
    }

    /** A password or the like: as {@link #text}, but no error ever shows it. */
    public Optional<String> secret(String name, int charsMax) {
        Object value = raw(name);
        if (value != null && !(value instanceof String)) {
            error(name, "has to be text");
            return Optional.empty();
        }
        return text(name, charsMax);
    }

    public Optional<String> required(String name, int charsMax) {
        if (!has(name)) {
            error(name, "is missing");
            return Optional.empty();
        }
        return text(name, charsMax);
    }

    /** An id of another document. */
    public Optional<String> id(String name) {
        return text(name, Integer.MAX_VALUE).filter(id -> {
            if (!Ids.valid(id)) {
                error(name, Ids.RULE + ", not " + show(id));
            }
            return Ids.valid(id);
        });
    }

    public boolean flag(String name, boolean otherwise) {
        return switch (raw(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case Object other -> {
                error(name, "has to be true or false, not " + show(other));
                yield otherwise;
            }
        };
    }

    public Optional<Double> number(String name, double min, double max) {
        Object value = raw(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return Optional.of(number.doubleValue());
        }
        error(name, "has to be " + plain(min) + " to " + plain(max) + ", not " + show(value));
        return Optional.empty();
    }

    public Optional<Long> whole(String name, long min, long max) {
        Object value = raw(name);
        if (value == null) {
            return Optional.empty();
        }
        // 2^53 bounds every whole number here, so that the way through a double loses nothing.
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= min
                && number.doubleValue() <= max) {
            return Optional.of(number.longValue());
        }
        error(name, "has to be a whole number, " + min + " to " + max + ", not " + show(value));
        return Optional.empty();
    }

    public int whole(String name, int min, int max, int otherwise) {
        return whole(name, (long) min, (long) max).map(Long::intValue).orElse(otherwise);
    }

    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        Object value = raw(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<E> constant = value instanceof String text ? Wire.read(type, text) : Optional.empty();
        if (constant.isEmpty()) {
            error(name, "has to be one of " + Wire.list(type) + ", not " + show(value));
        }
        return constant;
    }

    /** As {@link #oneOf}, of a field that has to be there. */
    public <E extends Enum<E>> Optional<E> requiredOneOf(String name, Class<E> type) {
        if (!has(name)) {
            error(name, "is missing");
        }
        return oneOf(name, type);
    }

    /** A list of lines of text, none twice; empty when it is left out. */
    public List<String> texts(String name, int countMax, int charsMax) {
        Set<String> texts = new LinkedHashSet<>();
        List<?> list = list(name, countMax);
        for (int i = 0; i < list.size(); i++) {
            String at = name + "[" + i + "]";
            Optional<String> text = line(at, list.get(i), charsMax);
            if (text.isPresent() && text.get().chars().anyMatch(Character::isISOControl)) {
                error(at, "has to be without control characters");
            } else if (text.isPresent() && !texts.add(text.get())) {
                error(at, show(text.get()) + " stands there twice");
            }
        }
        return List.copyOf(texts);
    }

    /** A list of ids of other documents, none twice. */
    public List<String> ids(String name, int countMax) {
        List<String> ids = texts(name, countMax, Integer.MAX_VALUE);
        for (String id : ids) {
            if (!Ids.valid(id)) {
                error(name, "each " + Ids.RULE + ", not " + show(id));
            }
        }
        return ids;
    }

    /** An object within this one; an empty one when it is left out. */
    public Fields object(String name) {
        Object value = raw(name);
        if (value != null && !(value instanceof Map)) {
            error(name, "has to be an object, not " + show(value));
        }
        return new Fields(path + name + ".", value instanceof Map<?, ?> map ? map : Map.of(), errors);
    }

    public List<Fields> objects(String name, int countMax) {
        List<Fields> objects = new ArrayList<>();
        List<?> list = list(name, countMax);
        for (int i = 0; i < list.size(); i++) {
            String at = name + "[" + i + "]";
            if (list.get(i) instanceof Map<?, ?> map) {
                objects.add(new Fields(path + at + ".", map, errors));
            } else {
                error(at, "has to be an object, not " + show(list.get(i)));
            }
        }
        return objects;
    }

    /** The names of this object when they are the writer's own; those that cannot be one are reported. */
    public List<String> names(String of, int countMax, int charsMax) {
        Fields object = object(of);
        List<String> names = new ArrayList<>();
        if (object.tree.size() > countMax) {
            error(of, "has to be " + countMax + " at most, not " + object.tree.size());
            return names;
        }
        for (Object key : object.tree.keySet()) {
            String own = String.valueOf(key);
            if (own.isBlank() || own.length() > charsMax || own.chars().anyMatch(Character::isISOControl)) {
                error(of, "each name has to be 1 to " + charsMax + " characters, not " + show(own));
            } else if (!object.has(own)) {
                object.error(own, "is missing");
            } else {
                names.add(own);
            }
        }
        return names;
    }

    /** Whether the field is an object. */
    public boolean isObject(String name) {
        return raw(name) instanceof Map;
    }

    /** A text of at most so many characters, a finite number or a truth value; none when it is left out. */
    public Optional<Object> plainValue(String name, int charsMax) {
        Object value = raw(name);
        return switch (value) {
            case null -> Optional.empty();
            case String text -> text(name, charsMax).map(Object.class::cast);
            case Number number when Double.isFinite(number.doubleValue()) -> Optional.of(number);
            case Boolean flag -> Optional.of(flag);
            default -> {
                error(name, "has to be text, a number, true or false, not " + show(value));
                yield Optional.empty();
            }
        };
    }

    /** An object that is passed on as it is. */
    public Map<String, Object> anything(String name) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object(name).tree.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), value);
            }
        });
        return copy;
    }

    private @Nullable Object raw(String name) {
        known.add(name);
        return tree.get(name);
    }

    private List<?> list(String name, int countMax) {
        Object value = raw(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            error(name, "has to be a list, not " + show(value));
            return List.of();
        }
        if (list.size() > countMax) {
            error(name, "has to be " + countMax + " at most, not " + list.size());
            return List.of();
        }
        return list;
    }

    private Optional<String> line(String at, @Nullable Object value, int charsMax) {
        if (!(value instanceof String text)) {
            error(at, "has to be text, not " + show(value));
            return Optional.empty();
        }
        if (text.isBlank()) {
            error(at, "has to be more than blanks");
            return Optional.empty();
        }
        if (text.length() > charsMax) {
            error(at, "has to be " + charsMax + " characters at most, not " + text.length());
            return Optional.empty();
        }
        return Optional.of(text);
    }

    static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "\"" + cut(text) + "\"";
            case Map<?, ?> map -> "an object";
            case List<?> list -> "a list";
            case Object other -> cut(other.toString());
        };
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
