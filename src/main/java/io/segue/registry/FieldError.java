package io.segue.registry;

/**
 * What is wrong with one field of a document.
 *
 * @param field its path, such as {@code policy.threshold} or {@code boundaries[2].above}; empty: the document as a whole
 * @param message what it has to be, and what it is; never a secret
 */
public record FieldError(String field, String message) {
    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
