package io.segue.registry;

import io.segue.policy.Hours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code {"days":["mon",…],"from":"22:00","to":"06:00","zone":"Europe/Berlin"}}: days left out are all, times left out the whole day. */
final class HoursForm {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00");
    private static final ZoneId NOWHERE = ZoneId.of("UTC");

    private HoursForm() {}

    static Hours read(Fields f, boolean strict) {
        Set<DayOfWeek> days = days(f);
        int from = time(f, "from", 0, Hours.DAY_MINUTES - 1);
        int to = time(f, "to", Hours.DAY_MINUTES, Hours.DAY_MINUTES);
        // From midnight on and until midnight are two ways to write the same minute.
        int end = to == 0 ? Hours.DAY_MINUTES : to;
        if (from == end) {
            f.error("to", "has to be another time than from; leave both out for the whole day");
        }
        ZoneId zone = zone(f);
        if (strict) {
            f.nothingElse();
        }
        return new Hours(days, from, end, zone);
    }

    static Map<String, Object> show(Hours hours) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "days",
                EnumSet.copyOf(hours.days()).stream().map(HoursForm::name).toList());
        tree.put("from", time(hours.from()));
        tree.put("to", time(hours.to()));
        tree.put("zone", hours.zone().getId());
        return tree;
    }

    private static Set<DayOfWeek> days(Fields f) {
        if (!f.has("days")) {
            return Set.of(DayOfWeek.values());
        }
        List<String> names = f.texts("days", 7, 3);
        if (f.isEmptyList("days")) {
            f.error("days", "hours without a day are empty; leave days out for all");
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (int i = 0; i < names.size(); i++) {
            Optional<DayOfWeek> day = day(names.get(i));
            if (day.isEmpty()) {
                f.error(
                        "days[" + i + "]",
                        "has to be one of mon, tue, wed, thu, fri, sat, sun, not " + Fields.show(names.get(i)));
            }
            day.ifPresent(days::add);
        }
        return Set.copyOf(days);
    }

    private static Optional<DayOfWeek> day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name(day).equals(name)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static int time(Fields f, String name, int otherwise, int max) {
        String text = f.text(name, 5).orElse(null);
        if (text == null) {
            return otherwise;
        }
        Integer minutes = minutes(text);
        if (minutes == null || minutes > max) {
            f.error(name, "has to be a time such as 08:30 or 22:00, not " + Fields.show(text));
            return otherwise;
        }
        return minutes;
    }

    private static @Nullable Integer minutes(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return null;
        }
        return time.group(1) == null
                ? Hours.DAY_MINUTES
                : Integer.valueOf(Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2)));
    }

    private static String time(int minutes) {
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }

    private static ZoneId zone(Fields f) {
        String name = f.required("zone", 64).orElse(null);
        if (name == null) {
            return NOWHERE;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            f.error("zone", "has to be a time zone such as Europe/Berlin or UTC, not " + Fields.show(name));
            return NOWHERE;
        }
    }
}
