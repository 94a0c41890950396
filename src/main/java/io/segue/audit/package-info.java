/** The audit trail: who decided what, when; one hash chain per gateway, whose heads the gateways sign for each other. Pure. */
@NullMarked
package io.segue.audit;

import org.jspecify.annotations.NullMarked;
