package io.segue.api;

import io.segue.registry.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, as {@code application/problem+json} (RFC 9457).
 *
 * @param kind what the type ends in: {@code urn:segue:problem:<kind>}
 * @param detail one sentence for the reader; never a stack trace, never a secret
 * @param errors the fields at fault
 * @param retryAfterSeconds for a 429 or 503; 0: none
 */
public record Problem(
        int status, String kind, String title, String detail, List<FieldError> errors, int retryAfterSeconds) {
    static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String kind, String title, String detail) {
        return new Problem(status, kind, title, detail, List.of(), 0);
    }

    public static Problem badJson(String detail) {
        return of(400, "malformed", "The body is malformed", detail);
    }

    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.get(0) + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "");
        return new Problem(400, "invalid", "Some fields are out of their range", detail, errors, 0);
    }

    public static Problem noKey() {
        return of(
                401,
                "unauthorized",
                "A key is needed",
                "send Authorization: Bearer <secret> with a secret that is known");
    }

    public static Problem notAllowed(String detail) {
        return of(403, "forbidden", "This key may not do that", detail);
    }

    public static Problem notFound(String what) {
        return of(404, "not-found", "There is no such thing", what);
    }

    public static Problem conflict(String why) {
        return of(409, "conflict", "It cannot be done now", why);
    }

    public static Problem conflict(String why, List<FieldError> errors) {
        return new Problem(409, "conflict", "It cannot be done now", why, errors, 0);
    }

    public static Problem changed(String why) {
        return of(412, "changed", "It is otherwise than the condition says", why);
    }

    public static Problem badYaml(String detail) {
        return of(400, "malformed", "The file is malformed", detail);
    }

    public static Problem signInFailed() {
        return of(401, "unauthorized", "Nobody has signed in", "the human or the password is wrong");
    }

    public static Problem tooMany(String why, int retryAfterSeconds) {
        return new Problem(429, "too-many", "Too many in this time", why, List.of(), retryAfterSeconds);
    }

    public static Problem gone(String why) {
        return of(410, "gone", "It was there once", why);
    }

    static Problem ofRange(long bytes) {
        return of(416, "range", "There is nothing in this range", "it has " + bytes + " bytes");
    }

    public static Problem tooLarge(int bytesMax) {
        return of(413, "too-large", "The body is too large", "a body may have " + bytesMax + " bytes");
    }

    public static Problem unavailable(String why) {
        return new Problem(503, "unavailable", "It cannot be answered now", why, List.of(), 1);
    }

    public static Problem bug() {
        return of(500, "bug", "Something is wrong here", "the request failed; the log of the gateway says more");
    }

    /** For the errors that the server finds before any of our code runs. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> of(400, "bad-request", "The request is malformed", "a parameter or header cannot be read");
            case 401 -> noKey();
            case 403 -> notAllowed("the role of this key does not include it");
            case 404 -> notFound("no such path");
            case 405 -> of(405, "method-not-allowed", "The path has no such method", "see the header Allow");
            case 406 ->
                of(406, "not-acceptable", "No such representation", "answers are JSON, /events is text/event-stream");
            case 413 -> of(413, "too-large", "The body is too large", "a body of this size is not taken");
            case 415 ->
                of(415, "unsupported-media-type", "The body has to be JSON", "send Content-Type: application/json");
            case 503 -> unavailable("try again later");
            default -> status >= 500 ? bug() : of(status, "refused", "The request was refused", "status " + status);
        };
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "urn:segue:problem:" + kind);
        tree.put("title", title);
        tree.put("status", status);
        tree.put("detail", detail);
        if (!errors.isEmpty()) {
            tree.put("errors", trees(errors));
        }
        return tree;
    }

    static List<Map<String, String>> trees(List<FieldError> errors) {
        return errors.stream()
                .map(error -> Map.of("field", error.field(), "message", error.message()))
                .toList();
    }
}
