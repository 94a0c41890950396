package io.segue.api;

/** The ids of calls: 128 random bits as 32 hex digits in lower case. */
public final class CallIds {
    private CallIds() {}

    public static boolean valid(String id) {
        return id.length() == 32 && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** Also told to those who may not see the call: they learn nothing of it. */
    public static Problem missing() {
        return Problem.notFound("no such call");
    }
}
