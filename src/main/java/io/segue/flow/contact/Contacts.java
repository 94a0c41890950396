package io.segue.flow.contact;

import io.segue.contact.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * What calls need to know of contacts.
 *
 * @param redactor takes out of text what must not be kept
 * @param shownMax messages that a human is shown
 * @param country the country code of numbers that carriers write without one, digits only; none: digits are taken to be international
 */
public record Contacts(
        Redactor redactor,
        ContactArchive archive,
        int shownMax,
        @Nullable String country) {
    /** Knows nobody. */
    public static Contacts none() {
        return new Contacts(Redactor.defaults(), ContactArchive.none(), 50, null);
    }
}
