package io.segue.flow.leg;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's INVITE said.
 *
 * @param from the user part of its From
 * @param to the user part of its Request-URI: the called number
 * @param trunk the trunk it came through
 * @param extensions X- headers that are let through, in order
 * @param userToUser the carrier's own User-to-User, as it came
 * @param contact who the trunk says it is ({@code X-Contact-Id}), as it came
 */
public record Caller(
        String from,
        String to,
        String trunk,
        String sipCallId,
        Map<String, String> extensions,
        @Nullable String userToUser,
        @Nullable String contact) {}
