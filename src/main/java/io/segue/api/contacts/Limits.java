package io.segue.api.contacts;

/**
 * @param messagesMax messages in one request
 * @param identitiesMax identities in one request
 * @param shownMax messages, and calls, in one answer
 * @param textCharsMax characters of one message
 */
public record Limits(int messagesMax, int identitiesMax, int shownMax, int textCharsMax) {}
