/** What is configured: agents, queues, humans and trunks, read from plain documents with errors that name the field, and looked up in memory. */
@NullMarked
package io.segue.registry;

import org.jspecify.annotations.NullMarked;
