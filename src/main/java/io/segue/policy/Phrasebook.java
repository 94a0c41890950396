package io.segue.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Phrases, laid out so that finding them takes one look at each word of what was said, however many they are. Equal when they are the same in the same order. */
public final class Phrasebook {
    private final List<String> phrases;
    private final Map<String, List<Entry>> byFirstWord = new HashMap<>();

    /** @param words as {@link Words} writes them, with a blank at both ends */
    private record Entry(int number, String words) {}

    private Phrasebook(List<String> phrases) {
        this.phrases = List.copyOf(phrases);
        for (int i = 0; i < this.phrases.size(); i++) {
            String words = Words.of(this.phrases.get(i));
            if (words.length() > 1) {
                byFirstWord
                        .computeIfAbsent(words.substring(1, words.indexOf(' ', 1)), unused -> new ArrayList<>())
                        .add(new Entry(i, words));
            }
        }
    }

    public static Phrasebook of(List<String> phrases) {
        return new Phrasebook(phrases);
    }

    /** Whether there is a word in it; a phrase of marks alone is never found. */
    public static boolean canBeSaid(String phrase) {
        return Words.of(phrase).length() > 1;
    }

    public List<String> phrases() {
        return phrases;
    }

    /** The numbers of the phrases in what was said. */
    BitSet in(String words) {
        BitSet found = new BitSet(phrases.size());
        if (byFirstWord.isEmpty()) {
            return found;
        }
        for (int blank = 0, next = words.indexOf(' ', 1); next > 0; blank = next, next = words.indexOf(' ', next + 1)) {
            List<Entry> entries = byFirstWord.get(words.substring(blank + 1, next));
            if (entries != null) {
                for (Entry entry : entries) {
                    if (words.startsWith(entry.words, blank)) {
                        found.set(entry.number);
                    }
                }
            }
        }
        return found;
    }

    /** The first phrase of the book that is in what was said. */
    @Nullable
    String firstIn(String words) {
        int number = in(words).nextSetBit(0);
        return number < 0 ? null : phrases.get(number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Phrasebook book && book.phrases.equals(phrases);
    }

    @Override
    public int hashCode() {
        return phrases.hashCode();
    }

    @Override
    public String toString() {
        return phrases.toString();
    }
}
