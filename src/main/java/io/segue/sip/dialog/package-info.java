/**
 * Dialogs that can be stored (RFC 3261 12) and the life of a call's leg over one: INVITE from either side, offers and answers of either
 * side, the end from either side (RFC 3261 13 to 15, RFC 3311, RFC 3326, RFC 5407). Pure: time and identifiers are arguments, what is to be
 * sent comes out as effects.
 */
@NullMarked
package io.segue.sip.dialog;

import org.jspecify.annotations.NullMarked;
