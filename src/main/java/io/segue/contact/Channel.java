package io.segue.contact;

/** How a message came or went. */
public enum Channel {
    SMS,
    WHATSAPP,
    CHAT,
    EMAIL,
    OTHER
}
