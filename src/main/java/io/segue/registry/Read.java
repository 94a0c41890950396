package io.segue.registry;

import java.util.List;

/** What came of reading a document. */
public sealed interface Read<T> {
    /** All fields are within their ranges. */
    record Ok<T>(T value) implements Read<T> {}

    /** At least one error, in the order of reading. */
    record Invalid<T>(List<FieldError> errors) implements Read<T> {}
}
