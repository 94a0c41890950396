/** The Session Initiation Protocol, RFC 3261: bytes to records and back, transactions, dialogs. */
@NullMarked
package io.segue.sip;

import org.jspecify.annotations.NullMarked;
